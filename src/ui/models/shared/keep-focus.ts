/**
 * Attachment: when the control with the focus goes away, because what it does is no longer
 * possible, the focus goes to the first control that is there now, or to what `[data-focus]`
 * names. Without it the keyboard would start again at the top of the page.
 */
export function keepFocus(container: HTMLElement): () => void {
  let held: Element | undefined;

  const take = ({ target }: FocusEvent): void => {
    held = target instanceof Element ? target : undefined;
  };
  const leave = ({ target }: FocusEvent): void => {
    // Some browsers say that a removed element lost the focus, some do not: look once it is over.
    queueMicrotask(() => {
      if (target instanceof Element && target.isConnected) held = undefined;
    });
  };
  const observer = new MutationObserver(() => {
    if (held === undefined || held.isConnected) return;
    held = undefined;
    // Someone else has it already.
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const next =
      container.querySelector<HTMLElement>('[data-actions] button:not(:disabled), input') ??
      container.querySelector<HTMLElement>('[data-focus]');
    next?.focus();
  });

  container.addEventListener('focusin', take);
  container.addEventListener('focusout', leave);
  observer.observe(container, { childList: true, subtree: true });
  return () => {
    container.removeEventListener('focusin', take);
    container.removeEventListener('focusout', leave);
    observer.disconnect();
  };
}
