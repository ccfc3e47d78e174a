import net from 'node:net';
import tls from 'node:tls';

/** How handshakes are made, the same for all clients of a run. */
export interface TlsSettings {
  /** Whether the server's certificate has to be good; otherwise any will do. */
  readonly verify?: boolean;
  /** Authorities to trust beside none, in PEM; undefined = those that Node knows. */
  readonly ca?: string | undefined;
  readonly minVersion?: tls.SecureVersion | undefined;
  readonly maxVersion?: tls.SecureVersion | undefined;
  /** OpenSSL's names between colons. */
  readonly ciphers?: string | undefined;
}

/** A private key and the certificates for it, in PEM. */
export interface ClientKey {
  readonly key: string;
  readonly chain: string;
}

/** What a handshake is made with. */
export interface Handshake {
  readonly client?: TlsClient | undefined;
  /** Protocols to offer, the dearest first. */
  readonly alpn?: readonly string[] | undefined;
}

/** A session of which the server may be reminded. */
interface Session {
  readonly ticket: Buffer;
  /** TLS 1.3 forbids to show it twice. */
  readonly once: boolean;
}

const NOBODY: ClientKey = { key: '', chain: '' };
/** Sessions that are kept. */
const MOST = 16;

/**
 * One user of TLS: who he is, whom he trusts, and the sessions he may go on with. As in Java 17 a session of TLS 1.3 serves
 * one more handshake and no further.
 */
export class TlsClient {
  #contexts = new WeakMap<ClientKey, tls.SecureContext>();
  #sessions = new Map<string, Session>();
  #shares = false;

  constructor(
    private readonly settings: TlsSettings,
    /** Asked before each full handshake; undefined = no certificate, and what it throws fails the handshake. */
    private readonly choose: () => ClientKey | undefined = () => undefined,
  ) {}

  /** Another user with the same settings, who shares what costs to make; sessions only if told so. */
  with(choose: () => ClientKey | undefined, sharesSessions: boolean): TlsClient {
    const client = new TlsClient(this.settings, choose);
    client.#contexts = this.#contexts;
    if (sharesSessions) client.#sessions = this.#sessions;
    client.#shares = sharesSessions;
    return client;
  }

  /** Forgets the sessions, if they are its own. */
  forget(): void {
    if (!this.#shares) this.#sessions.clear();
  }

  /** Begins the handshake over the socket. */
  begin(plain: net.Socket, host: string, alpn?: readonly string[]): tls.TLSSocket {
    const { verify = false } = this.settings;
    const place = `${host}:${plain.remotePort} ${alpn?.join() ?? ''}`;
    const known = this.#sessions.get(place);
    if (known?.once) this.#sessions.delete(place);
    const socket = tls.connect({
      socket: plain,
      secureContext: this.#context(known === undefined ? (this.choose() ?? NOBODY) : NOBODY),
      rejectUnauthorized: verify,
      checkServerIdentity: (_, certificate) => (verify ? tls.checkServerIdentity(host, certificate) : undefined),
      servername: sendsName(host) ? host : '',
      ...(known === undefined ? {} : { session: known.ticket }),
      ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
    });
    socket.on('session', (ticket) => {
      const once = socket.getProtocol() === 'TLSv1.3';
      if (this.#sessions.size < MOST && !(once && socket.isSessionReused()))
        this.#sessions.set(place, { ticket, once });
    });
    return socket;
  }

  #context(as: ClientKey): tls.SecureContext {
    let context = this.#contexts.get(as);
    if (context === undefined) {
      const { ca, minVersion, maxVersion, ciphers } = this.settings;
      context = tls.createSecureContext({
        ...(as === NOBODY ? {} : { key: as.key, cert: as.chain }),
        ...(ca === undefined ? {} : { ca }),
        ...(minVersion === undefined ? {} : { minVersion }),
        ...(maxVersion === undefined ? {} : { maxVersion }),
        ...(ciphers === undefined ? {} : { ciphers }),
      });
      this.#contexts.set(as, context);
    }
    return context;
  }
}

/** Java names a server only by what can be a name of the Internet. */
const sendsName = (host: string): boolean => host.indexOf('.') > 0 && !host.endsWith('.') && net.isIP(host) === 0;
