/** Fetches a file as a link would: the server's headers make it one to keep. */
export function fetchDownload(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.click();
}
