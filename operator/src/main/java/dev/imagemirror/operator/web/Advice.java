package dev.imagemirror.operator.web;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Reason;

/**
 * A reason in words.
 *
 * @param words what hinders the pair
 * @param action what somebody has to do, or what happens by itself
 */
record Advice(String words, String action) {
    static Advice of(Reason reason, EntryKey key) {
        String sync = " Then run: mirror-operator sync " + key.shellWord();
        return switch (reason) {
            case SUSPENDED ->
                new Advice("The entry is suspended.", "Nothing is copied until Suspend is taken away from the row.");
            case QUARANTINED ->
                new Advice(
                        "The source's new image is still too young.",
                        "It is copied once the tag has had it for MinAge without a break.");
            case BACKOFF -> new Advice("An attempt failed.", "It is tried again by itself.");
            case ADMISSION ->
                new Advice(
                        "All jobs that the limits allow are in flight.",
                        "It starts when its turn comes; jobs.inFlight and jobs.perRegistry are the limits.");
            case INVALID_ENTRY ->
                new Advice("The row cannot be understood.", "Correct the attributes that the problems name.");
            case SOURCE_NOT_FOUND ->
                new Advice(
                        "The source image does not exist.",
                        "Check the source's name and tag, or push the image; it is looked for again by itself.");
            case INCOMPLETE_SOURCE ->
                new Advice(
                        "The source lacks a part of the image.",
                        "Push the image to the source again, with all that it lists." + sync);
            case ACCESS_DENIED ->
                new Advice(
                        "A registry refuses access.",
                        "Give the operator the right to read, and the copy jobs the right to push." + sync);
            case REPOSITORY_NOT_FOUND ->
                new Advice(
                        "The destination's repository does not exist.",
                        "Create it, or name its registry in ecr.createRepositories." + sync);
            case IMMUTABLE_TAG ->
                new Advice(
                        "The destination does not let this tag be moved.",
                        "Allow the repository's tags to change, delete the tag there, or use another." + sync);
            case SOURCE_NOT_ALLOWED ->
                new Advice(
                        "The configuration does not allow this source.",
                        "Choose an allowed source, or change the setting that the message names." + sync);
            case DESTINATION_NOT_ALLOWED ->
                new Advice(
                        "The configuration does not allow this destination.",
                        "Choose an allowed destination, or extend what the namespace, or the setting that the message"
                                + " names, allows.");
            case DESTINATION_CONFLICT ->
                new Advice(
                        "Another entry has this destination.",
                        "Remove the destination from one of the two entries; the message names the other.");
            case CYCLE ->
                new Advice("Copies would lead back to the source.", "Remove one of the entries that form the circle.");
            case JOB_STUCK ->
                new Advice(
                        "Copy jobs do not start or do not end.",
                        "Check the job queue's compute environment, its limits and subnets." + sync);
            case DIVERGING ->
                new Advice(
                        "Copies succeed, and yet the destination has another image.",
                        "Find out what else writes to the destination, and stop one of the two." + sync);
        };
    }
}
