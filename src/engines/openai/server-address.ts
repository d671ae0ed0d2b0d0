/** Where a server is, as the user wrote it, and what may be shown of that. */
import { ModelError } from '../../core/system/chat-model';

export interface ServerAddress {
  /** Host and port, for messages. */
  readonly name: string;
  /** Host, port and path without the version, for ids: nothing secret may stand in a query. */
  readonly id: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly encrypted: boolean;
  /** On this machine, as browsers see it: they trust it without encryption. */
  readonly local: boolean;
  /** Whether the path ends in a version, as nearly all base URLs do. */
  readonly versioned: boolean;
  /** @param route for example `/chat/completions` */
  url(route: string): string;
}

const LOCAL = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** @throws ModelError `bad-request` when it is no http or https URL */
export function serverAddress(baseUrl: string): ServerAddress {
  const written = baseUrl.trim();
  if (written === '') throw wrong('There is no base URL.');
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // Not quoted: people paste their key into the wrong field.
    throw wrong('The base URL is not the address of a server.');
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong('The base URL holds a name or a password, which browsers do not send.');
  }
  // People paste the whole route as well.
  const path = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  const unversioned = path.replace(/\/v\d+\w*$/, '');
  return {
    name: url.host,
    id: `${url.host}${unversioned}`,
    origin: url.origin,
    encrypted: url.protocol === 'https:',
    local: LOCAL.test(url.hostname),
    versioned: unversioned !== path,
    url: (route) => `${url.origin}${path}${route}${url.search}`,
  };
}

function wrong(message: string): ModelError {
  return new ModelError(
    'bad-request',
    message,
    'Give the address of a server with its scheme and version, for example http://localhost:8080/v1.',
    true,
  );
}
