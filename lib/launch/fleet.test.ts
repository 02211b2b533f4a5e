import { expect, test } from "vitest";
import { Fleet, type Instance } from "./fleet";

const SOON = { timeout: 20_000 };

/** An instance that does what a test says. */
interface Puppet extends Instance {
  serve(): void;
  end(how: string): void;
  readonly isToldToStop: boolean;
}

function newPuppet(id: number): Puppet {
  let [serve, end, isToldToStop] = [() => {}, (_how: string) => {}, false];
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const serving = new Promise<void>((resolve, reject) => {
    serve = resolve;
    ended.then((how) => reject(new Error(`it ended with ${how}`)));
  });
  const stop = () => {
    isToldToStop = true;
  };
  const kill = () => end("SIGKILL");
  return {
    ...{ id, pid: 0, serving, ended, serve, end, stop, kill },
    get isToldToStop() {
      return isToldToStop;
    },
  };
}

/** A fleet of puppets, in the order in which they were started, and what it told. */
function newFleet() {
  const puppets: Puppet[] = [];
  const told: string[] = [];
  const fork = () => {
    const puppet = newPuppet(puppets.length + 1);
    puppets.push(puppet);
    return puppet;
  };
  const fleet = new Fleet(fork, {
    served: ({ id }) => told.push(`${id} serves`),
    crashed: ({ id }, how) => told.push(`${id} ended with ${how}`),
    failed: ({ message }) => told.push(message),
  });
  const started = async (count: number) => {
    await expect.poll(() => puppets.length, SOON).toBe(count);
    return puppets as [Puppet, Puppet, Puppet, ...Puppet[]];
  };
  return { fleet, told, started };
}

/** Two that serve. */
async function twoServing() {
  const world = newFleet();
  const starting = world.fleet.start(2);
  (await world.started(1))[0].serve();
  (await world.started(2))[1].serve();
  await starting;
  return world;
}

const toldToStop = (puppets: readonly Puppet[]) =>
  puppets.filter(({ isToldToStop }) => isToldToStop).map(({ id }) => id);

test("the others are started when the first serves", async () => {
  const { fleet, started, told } = newFleet();
  const starting = fleet.start(3);
  const puppets = await started(1);
  puppets[0].serve();
  await started(3);
  for (const puppet of puppets) puppet.serve();
  await starting;
  expect(told).toEqual(["1 serves", "2 serves", "3 serves"]);
});

test("when the first does not come up, the start has failed and no other is tried", async () => {
  const { fleet, started, told } = newFleet();
  const starting = fleet.start(3);
  (await started(1))[0].end("code 1");
  await expect(starting).rejects.toThrow("it ended with code 1");
  expect(told).toEqual([]);
  await started(1);
});

test("who ends is replaced, and who cannot be replaced at once is tried again", async () => {
  const { started, told } = await twoServing();
  const puppets = await started(2);
  puppets[0].end("SIGKILL");
  (await started(3))[2].end("code 1");
  (await started(4))[3]?.serve();
  await expect
    .poll(() => told.slice(2), SOON)
    .toEqual(["1 ended with SIGKILL", "it ended with code 1", "4 serves"]);
  expect(toldToStop(puppets)).toEqual([]);
});

test("a roll replaces one after the other, and stops an old one only when a new one serves", async () => {
  const { fleet, started } = await twoServing();
  const rolling = fleet.roll();
  const puppets = await started(3);
  expect(toldToStop(puppets)).toEqual([]);
  puppets[2].serve();
  await expect.poll(() => toldToStop(puppets), SOON).toEqual([1]);
  puppets[0].end("code 0");
  await started(4);
  expect(toldToStop(puppets)).toEqual([1]);
  puppets[3]?.serve();
  await expect.poll(() => toldToStop(puppets), SOON).toEqual([1, 2]);
  puppets[1].end("code 0");
  expect(await rolling).toBe(true);
  await started(4);
});

test("when a new one does not come up, the old ones stay", async () => {
  const { fleet, started } = await twoServing();
  const rolling = fleet.roll();
  const puppets = await started(3);
  puppets[2].end("code 1");
  await expect(rolling).rejects.toThrow("it ended with code 1");
  expect(toldToStop(puppets)).toEqual([]);
  await started(3);
});

test("one that ends by itself while it is being replaced is replaced once", async () => {
  const { fleet, started, told } = await twoServing();
  const rolling = fleet.roll();
  const puppets = await started(3);
  puppets[0].end("SIGKILL");
  puppets[2].serve();
  await started(4);
  puppets[3]?.serve();
  await expect.poll(() => toldToStop(puppets), SOON).toEqual([1, 2]);
  puppets[1].end("code 0");
  await rolling;
  expect(told.slice(2)).toEqual(["1 ended with SIGKILL", "3 serves", "4 serves"]);
  await started(4);
});

test("all are told to stop, also who is just being started, and nobody is replaced", async () => {
  const { fleet, started, told } = await twoServing();
  const rolling = fleet.roll();
  const puppets = await started(3);
  const stopping = fleet.stop();
  expect(toldToStop(puppets)).toEqual([1, 2, 3]);
  for (const puppet of puppets) puppet.end("code 0");
  await stopping;
  expect(await rolling).toBe(false);
  await started(3);
  expect(told).toEqual(["1 serves", "2 serves"]);
});
