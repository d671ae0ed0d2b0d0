/** The run cannot start; the message is a sentence that says what to do. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}
