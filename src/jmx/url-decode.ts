/** Decodes `%xx` and `+` as java.net.URLDecoder with UTF-8; undefined where Java throws. */
export function urlDecode(text: string): string | undefined {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  let broken = false;
  const decoded = spaced.replace(/(?:%[0-9a-fA-F]{2})+|%/g, (run) => {
    if (run === '%') broken = true;
    return Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8');
  });
  return broken ? undefined : decoded;
}
