/** Bits of a session's state, one number for all: there are hundreds of thousands. */
export const CONNECTED = 1;
export const OVER = 2;
/** Something was sent since the last turn. */
export const WROTE = 4;
/** A PINGREQ of the keep-alive has no answer yet; with LATE since more than a turn. */
export const PINGED = 8;
export const LATE = 16;
/** Reading stopped: the broker does not take our acknowledgements, or a packet is held back. */
export const STOPPED = 32;
/** All packet identifiers were used once. */
export const WRAPPED = 64;
/** Something came. */
export const HEARD = 128;
