/** Hands a value to the visitor as a JSON file, without a round trip to any server. */
export function downloadJson(name: string, value: unknown): void {
  const blob = new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Revoked at once, some browsers drop the download.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
