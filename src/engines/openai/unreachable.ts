/**
 * Why a request got no response at all. A browser says nothing but "failed": a server that is not
 * there and one that does not allow the page look alike, so the message names both.
 */
import { ModelError } from '../../core/system/chat-model';
import { quoted } from '../json-output-quoted';
import type { ServerAddress } from './server-address';

/** The origin of the page or worker this runs in; undefined in Node. */
export function ownOrigin(): string | undefined {
  return (globalThis as { location?: { origin?: string } }).location?.origin;
}

/** @param origin of the page or worker that asked; undefined in Node */
export function unreachable(
  server: ServerAddress,
  cause: unknown,
  origin: string | undefined,
): ModelError {
  if (origin === undefined || origin === server.origin) return notThere(server, cause);
  if (origin.startsWith('https:') && !server.encrypted && !server.local) {
    return new ModelError(
      'cors',
      `This page came over https, and browsers do not let such a page ask ${server.origin}, which is not encrypted.`,
      'Serve the model over https, or run it on this machine and give its address as http://localhost.',
      true,
      { cause },
    );
  }
  // A page from a file or a sandbox has the origin `null`, which servers allow only as "all".
  const page = origin === 'null' ? '*' : origin;
  return new ModelError(
    'cors',
    `No answer could be read from ${server.origin}: either no server runs there, or it does not allow pages from ${page} to read its answers (CORS).`,
    `Start the server and let it allow this page: Ollama with OLLAMA_ORIGINS=${page}, vLLM with --allowed-origins '["${page}"]', llama.cpp's llama-server with --cors-origins where its default of all was changed; then load the model again, and agree if the browser asks about devices on the local network.`,
    true,
    { cause },
  );
}

function notThere(server: ServerAddress, cause: unknown): ModelError {
  const code = errorCode(cause);
  return new ModelError(
    'network',
    `The server at ${server.name} cannot be reached${code === undefined ? '' : ` (${quoted(code)})`}.`,
    'Start the server, or correct the base URL.',
    true,
    { cause },
  );
}

/** Whether there was a connection that broke, as far as Node tells; browsers never do. */
export function wasDropped(cause: unknown): boolean {
  return /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(errorCode(cause) ?? '');
}

/** Node hangs the reason of a failed fetch below it. */
function errorCode(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? undefined : errorCode(cause);
}
