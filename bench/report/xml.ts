/** Safe between tags and inside quotes, in XML and HTML; control characters have no place in either. */
export function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
  );
}
