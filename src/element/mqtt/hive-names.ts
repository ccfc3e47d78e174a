import { JavaError } from '../../java/index.js';

const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);

/** What hardly any text holds. */
const ODD_TEXT = /[\0\ud800-\udfff]/;
const ODD_TOPIC = /[\0+#\ud800-\udfff]/;
/** Texts up to here cannot be too long. */
const SHORT = 21845;

/** MqttUtf8StringImpl of the HiveMQ client: throws IllegalArgumentException for what cannot be sent. */
export function checkText(text: string, name: string): void {
  if (text.length > SHORT) {
    const length = Buffer.byteLength(text);
    if (length > 65535)
      throw illegal(`${name} [${text.slice(0, 10)}...] must not be longer than 65535 bytes, but was ${length} bytes.`);
  }
  if (ODD_TEXT.test(text)) checkWellFormed(text, name);
}

function checkWellFormed(text: string, name: string): void {
  const unmatched = (index: number): JavaError =>
    illegal(`${name} [${text}] must not contain unmatched UTF-16 surrogate, found at index ${index}.`);
  let high = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0) throw illegal(`${name} [${text}] must not contain null character (U+0000), found at index ${i}.`);
    if (high !== ((code & 0xfc00) === 0xdc00)) throw unmatched(i);
    high = (code & 0xfc00) === 0xd800;
  }
  if (high) throw unmatched(text.length - 1);
}

function checkNotEmpty(text: string, name: string): void {
  if (text === '') throw illegal(`${name} must be at least one character long.`);
}

/** What is wrong with the name of a topic to publish to. */
export function topicProblem(topic: string): string | undefined {
  if (topic !== '' && topic.length <= SHORT && !ODD_TOPIC.test(topic)) return undefined;
  try {
    checkTopic(topic);
    return undefined;
  } catch (error) {
    if (error instanceof JavaError) return error.message;
    throw error;
  }
}

function checkTopic(topic: string): void {
  checkNotEmpty(topic, 'Topic');
  checkText(topic, 'Topic');
  const multi = topic.indexOf('#');
  if (multi >= 0) throw illegal(`Topic [${topic}] must not contain multi level wildcard (#), found at index ${multi}.`);
  const single = topic.indexOf('+');
  if (single >= 0)
    throw illegal(`Topic [${topic}] must not contain single level wildcard (+), found at index ${single}.`);
}

const SHARED = /^\$share\/([^/]*)(?:\/(.*))?$/s;

/** A topic filter to subscribe to; what is wrong with it nobody sees, since the sample is lost. */
export function checkFilter(filter: string): void {
  checkNotEmpty(filter, 'Topic filter');
  checkText(filter, 'Topic filter');
  const shared = SHARED.exec(filter);
  if (shared === null) {
    checkWildcards(filter);
    return;
  }
  const [, name = '', rest = ''] = shared;
  if (/[+#]/.test(name)) throw illegal(`Share name [${name}] must not contain wildcards.`);
  checkNotEmpty(name, 'Share name');
  checkNotEmpty(rest, 'Topic filter');
  checkWildcards(rest);
}

function checkWildcards(filter: string): void {
  const levels = filter.split('/');
  const misplaced = levels.some(
    (level, i) => (level.length > 1 && /[+#]/.test(level)) || (level === '#' && i < levels.length - 1),
  );
  if (misplaced) throw illegal(`Topic filter [${filter}] contains misplaced wildcard characters.`);
}

/** Whether a filter takes a topic, as the HiveMQ client sorts messages to its subscriptions. */
export function matches(filter: string, topic: string): boolean {
  const shared = SHARED.exec(filter);
  const levels = (shared?.[2] ?? filter).split('/');
  const parts = topic.split('/');
  for (const [i, level] of levels.entries()) {
    if (level === '#') return true;
    if (i >= parts.length || (level !== '+' && level !== parts[i])) return false;
  }
  return levels.length === parts.length;
}
