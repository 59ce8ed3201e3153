package dev.imagemirror.copy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where else a registry's images may be read, such as a pull-through cache. Only sources are read from mirrors. Immutable.
 *
 * @param mirrors by canonical registry: {@code host[:port][/prefix]}, in the order to ask
 */
public record RegistryMirrors(Map<String, List<String>> mirrors) {
    /** Every registry is asked itself. */
    public static final RegistryMirrors NONE = new RegistryMirrors(Map.of());

    /** Copies the map. */
    public RegistryMirrors {
        mirrors = Map.copyOf(mirrors);
    }

    /** The places that may have the image, the registry itself last. */
    List<Repository> placesOf(ImageReference source) {
        List<Repository> places = new ArrayList<>();
        for (String mirror : mirrors.getOrDefault(source.registry(), List.of())) {
            int slash = mirror.indexOf('/');
            String host = slash < 0 ? mirror : mirror.substring(0, slash);
            String prefix = slash < 0 ? "" : mirror.substring(slash + 1) + "/";
            places.add(new Repository(host, prefix + source.repository()));
        }
        places.add(new Repository(source.registry(), source.repository()));
        return places;
    }
}
