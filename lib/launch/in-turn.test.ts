import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { inTurn } from "./in-turn";
import { listenSomewhere, rawRequest } from "./testing/raw-request";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const LAST_GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

let server: Server;
/** What was begun and not answered. */
let open: ServerResponse[];
let begun: number;
afterEach(() => server.close().closeAllConnections());

async function serve(): Promise<number> {
  open = [];
  begun = 0;
  const handle = inTurn(async (_request, response) => {
    begun++;
    open.push(response);
  });
  server = createServer((request, response) => void handle(request, response));
  return listenSomewhere(server);
}

/** Answers all that is open, again and again, until nothing is begun any more; how many stood open at most. */
async function answerUntil(count: number): Promise<number> {
  let most = 0;
  while (begun < count || open.length > 0) {
    most = Math.max(most, open.length);
    open.shift()?.end(`answer ${begun}`);
    await new Promise(setImmediate);
  }
  return most;
}

test("requests that came at once on one connection are answered one after the other", async () => {
  const port = await serve();
  const answers = rawRequest(port, GET.repeat(49) + LAST_GET);
  expect(await answerUntil(50)).toBe(1);
  const numbers = [...(await answers).matchAll(/answer (\d+)/g)].map(([, number]) =>
    Number(number),
  );
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});

test("other connections do not wait for it", async () => {
  const port = await serve();
  const answers = [rawRequest(port, GET + LAST_GET), rawRequest(port, LAST_GET)];
  await expect.poll(() => begun).toBe(2);
  expect(open).toHaveLength(2);
  await answerUntil(3);
  expect((await Promise.all(answers)).join()).toContain("answer 3");
});

test("what is answered at once lets others in between", async () => {
  let answered = 0;
  let resolve: (answered: number) => void;
  const before = new Promise<number>((done) => {
    resolve = done;
  });
  const handle = inTurn(async (request, response) => {
    if (request.url === "/") answered++;
    else resolve(answered);
    response.end();
  });
  server = createServer((request, response) => void handle(request, response));
  const port = await listenSomewhere(server);
  const sockets = [connect(port, "127.0.0.1"), connect(port, "127.0.0.1")] as const;
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  sockets[0].write(GET.repeat(1000));
  sockets[1].write("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
  expect(await before).toBeLessThan(1000);
});

test("what waits is not begun when its connection is gone", async () => {
  const port = await serve();
  const socket = connect(port, "127.0.0.1");
  socket.write(GET.repeat(20));
  await expect.poll(() => begun).toBe(1);
  const closed = once(open[0] as ServerResponse, "close");
  socket.destroy();
  await closed;
  await rawRequestAnswered(port);
  expect(begun).toBe(2);
});

/** One more request, on a connection of its own, from its begin to its end. */
async function rawRequestAnswered(port: number): Promise<void> {
  open = [];
  const answer = rawRequest(port, LAST_GET);
  await expect.poll(() => open).toHaveLength(1);
  open.shift()?.end();
  await answer;
}
