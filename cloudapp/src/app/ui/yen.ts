/** `1250` → `¥1,250`; what is no number of yen comes back as it is. */
export function yen(text: string | number): string {
  return /^\d+$/.test(String(text)) ? `¥${Number(text).toLocaleString('en-US')}` : String(text);
}
