/**
 * What can happen between two machines, by the name that reports use. Bytes in `within` are drawn anew for each
 * connection, from the seed of the wire, so that an answer breaks off in its head, in its body or not at all.
 */
export type WireTrouble =
  | {
      readonly kind: /** Everything passes. */
        | 'none'
        /** Nobody listens; open connections are reset, as when a server is killed. */
        | 'refuse'
        /** Connections are accepted and reset. */
        | 'reset'
        /** Connections are accepted, nothing that is sent on them arrives, and nobody says so. */
        | 'black-hole';
    }
  /** Each piece comes later, both ways. */
  | { readonly kind: 'lag'; readonly ms: number }
  /** Of answers. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  | {
      readonly kind: /** Connections end in order in the middle of an answer. */
        | 'cut-answer'
        /** Connections are reset in the middle of an answer. */
        | 'reset-answer'
        /** Connections are reset in the middle of a request, whose rest the server never sees. */
        | 'reset-request'
        /** Answers turn into random bytes. */
        | 'garbage';
      /** Before so many bytes have passed; 0: at the first one. */
      readonly within: number;
    };
