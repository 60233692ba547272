const counts = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const units: Readonly<Record<string, string>> = { hour: 'h', day: 'd', week: 'wk', month: 'mo' };

/** The name of a window as it stands beside its share: `five_hour` is "5 h", `seven_day` "7 d", and `weekly_opus` "weekly opus". */
export function windowWords(name: string): string {
  const [, count = '', unit = '', rest = ''] = /^([a-z]+)_(hour|day|week|month)s?(_.*)?$/u.exec(name) ?? [];
  const at = counts.indexOf(count);
  return (at < 0 ? name : `${String(at + 1)} ${units[unit] ?? unit}${rest}`).replaceAll('_', ' ');
}
