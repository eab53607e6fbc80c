import { VendueError } from "../errors.ts";

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves one text at one path until it is closed. */
export async function serveText({
  host,
  port,
  path,
  text,
}: {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly text: () => Promise<string>;
}): Promise<Served> {
  // Few runs serve anything; the others should not wait for it to load.
  const { createServer } = await import("node:http");
  const server = createServer((request, response) => {
    if (request.method !== "GET" || new URL(request.url ?? "", "http://x").pathname !== path) {
      response.writeHead(404, { "content-type": "text/plain" }).end(`there is only ${path}\n`);
      return;
    }
    void text().then(
      (body) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(body),
      (error: unknown) => response.writeHead(500, { "content-type": "text/plain" }).end(`${String(error)}\n`),
    );
  });
  await new Promise<void>((done, fail) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      fail(
        new VendueError("USAGE", `Nothing can be served at ${host}:${port} (${cause.code ?? cause.message})`, {
          hint: "choose another port, or 0 for any that is free",
          cause,
        }),
      ),
    );
    server.listen(port, host, done);
  });
  // It must not keep the process alive once the work is done.
  server.unref();
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}${path}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const limitMs = 10_000;

/** Puts a text at an address. Names and passwords in the address go into the header, where they belong. */
export async function sendText(address: string, text: string): Promise<void> {
  const url = new URL(address);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const response = await fetch(url, {
    method: "PUT",
    body: text,
    headers: {
      "content-type": "text/plain; version=0.0.4",
      ...(username !== "" && { authorization: `Basic ${login}` }),
    },
    signal: AbortSignal.timeout(limitMs),
  });
  if (!response.ok) throw new Error(`${url.host} answered ${response.status} ${(await response.text()).slice(0, 200)}`);
}
