import { encodeText, JavaError } from '../../java/index.js';
import { dnsMessageText, dnsQuery } from '../../protocol/index.js';
import { hexBytes } from '../tcp/hex-text.js';

/** How the text of a UDP Request becomes a datagram, and an answer the data of the sample. */
export interface UdpEncoding {
  encode(text: string): Buffer;
  decode(datagram: Buffer): Buffer;
}

/** The plugin's own, for a class that is not there too. */
const raw: UdpEncoding = {
  encode: (text) => encodeText(text, 'windows-1252') ?? Buffer.alloc(0),
  decode: (datagram) => datagram,
};

const hex: UdpEncoding = {
  encode: hexBytes,
  decode: (datagram) => Buffer.from(datagram.toString('hex')),
};

const dns: UdpEncoding = {
  encode: dnsQuery,
  decode(datagram) {
    const text = dnsMessageText(datagram);
    if (text !== undefined) return Buffer.from(text);
    throw new JavaError('java.lang.RuntimeException', `Cannot decode DNS message: ${datagram.toString('hex')}`);
  },
};

const PACKAGE = 'kg.apc.jmeter.samplers.';
const ENCODINGS: ReadonlyMap<string, UdpEncoding> = new Map([
  ['', raw],
  [`${PACKAGE}UDPSampler`, raw],
  [`${PACKAGE}HexStringUDPDecoder`, hex],
  [`${PACKAGE}DNSJavaDecoder`, dns],
]);

/** The encoding by the class of Java that the plan names. */
export const udpEncoding = (className: string): UdpEncoding => ENCODINGS.get(className) ?? raw;
/** False for a class that stands for the raw encoding only because there is no other. */
export const knowsEncoding = (className: string): boolean => ENCODINGS.has(className);
