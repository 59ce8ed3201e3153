package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.port.ClusterNames;

class TestingClusterNamesTest extends ClusterNamesContract {
    private final TestingClusterNames names = new TestingClusterNames();

    @Override
    protected ClusterNames names() {
        return names;
    }
}
