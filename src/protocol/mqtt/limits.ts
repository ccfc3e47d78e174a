/** Milliseconds for a broker to close the line after DISCONNECT. */
export const PATIENCE = 10_000;
/** Bytes that may wait to be sent before we stop reading: what we read makes us write. */
export const MOST_WAITING = 1_048_576;
/** Bytes of the longest packet that MQTT can say. */
export const LONGEST = 268_435_460;
