/** Commas side by side count as one, and one at either end is dropped: no column can be left out (JOrphanUtils.split). */
export function splitNames(names: string): readonly string[] {
  const list = names.replace(/,{2,}/g, ',').replace(/^,/, '').replace(/,$/, '');
  return list === '' ? [] : list.split(',');
}
