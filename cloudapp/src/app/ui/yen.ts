/** `1250` → `¥1,250`; any other text is returned unchanged. */
export function yen(text: string | number): string {
  return /^\d+$/.test(String(text)) ? `¥${Number(text).toLocaleString('en-US')}` : String(text);
}
