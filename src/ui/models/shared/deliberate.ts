/**
 * Attachment for buttons that change their meaning when they are pressed (Download, then Cancel):
 * a key that is held and the second half of a double click do nothing.
 */
export function deliberate(container: HTMLElement): () => void {
  const heldKey = (event: KeyboardEvent): void => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  };
  const secondClick = (event: MouseEvent): void => {
    if (event.detail > 1) event.stopPropagation();
  };
  container.addEventListener('keydown', heldKey);
  // On the way down, before any button hears of it.
  container.addEventListener('click', secondClick, { capture: true });
  return () => {
    container.removeEventListener('keydown', heldKey);
    container.removeEventListener('click', secondClick, { capture: true });
  };
}
