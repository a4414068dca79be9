// Has a browser open pages of other origins, and records that somebody appended, and looks that neither does anything in the name of
// whoever sits before it.
//   node browser.mjs SERVICE BROWSER      a service that lets pages of http://allowed.localhost:PAGES ask it
// The pages are at the port in PAGES.

import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const [service, executablePath] = process.argv.slice(2);
const pages = Number(process.env.PAGES);
const servicePort = new URL(service).port;
const SETTLED = 1500; // Milliseconds in which whatever a page was to do would have been done.
let checks = 0;

const active = '<!doctype html><script>fetch("/v1/logs/taken", {method: "PUT"}); top.ran = true; parent.postMessage("ran", "*")</script>';
const drawn = '<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("/v1/logs/taken", {method: "PUT"})</script></svg>';
const records = [
  ['text/html', active],
  ['text/html; charset=utf-8', active],
  ['application/xhtml+xml', active.replace('<!doctype html>', '<html xmlns="http://www.w3.org/1999/xhtml">') + '</html>'],
  ['image/svg+xml', drawn],
  ['text/xml', drawn],
  ['text/plain', active],
  ['application/octet-stream', active],
  ['application/javascript', 'window.ran = true'],
];

function check(what, holds) {
  checks++;
  if (!holds) {
    console.error(`NOT SO: ${what}`);
    process.exitCode = 1;
  }
}

async function ask(method, path, body, headers = {}) {
  return fetch(service + path, { method, body, headers });
}

async function end(log) {
  return (await ask('HEAD', `/v1/logs/${log}`)).headers.get('dislog-end-offset');
}

async function exists(log) {
  return (await ask('GET', `/v1/logs/${log}`)).status === 200;
}

/** What a page tries, and what it had of each try. */
function attack(target) {
  const quiet = promise => promise.then(value => value, error => String(error));
  const text = answer => quiet(answer.text()).then(body => `${answer.status} ${body}`);
  const tries = {
    simplePost: () => fetch(`${target}/v1/logs/orders/records`, { method: 'POST', body: 'x', mode: 'no-cors' }).then(text),
    corsPost: () => fetch(`${target}/v1/logs/orders/records`, { method: 'POST', body: 'x' }).then(text),
    jsonPost: () => fetch(`${target}/v1/logs/orders/records`, { method: 'POST', body: '[{"value":"x"}]', headers: { 'Content-Type': 'application/json' } }).then(text),
    put: () => fetch(`${target}/v1/logs/taken`, { method: 'PUT' }).then(text),
    remove: () => fetch(`${target}/v1/logs/orders`, { method: 'DELETE' }).then(text),
    stream: () => fetch(`${target}/v1/stream/taken`, { method: 'PUT' }).then(text),
    streamPost: () => fetch(`${target}/v1/stream/page`, { method: 'POST', body: 'x', mode: 'no-cors' }).then(text),
    retain: () => fetch(`${target}/v1/logs/orders/segments`, { method: 'POST', mode: 'no-cors' }).then(text),
    administer: () => fetch(`${target}/v1/defaults`, { method: 'PATCH', body: '{"retention":{"maxAge":"1s"}}', headers: { 'Content-Type': 'application/json' } }).then(text),
    removeNode: () => fetch(`${target}/v1/cluster/nodes/n1`, { method: 'DELETE' }).then(text),
    read: () => fetch(`${target}/v1/logs/orders/records`).then(text),
    readOpaque: () => fetch(`${target}/v1/logs/orders/records`, { mode: 'no-cors' }).then(text),
    beacon: async () => String(navigator.sendBeacon(`${target}/v1/logs/orders/records`, 'x')),
    image: () => new Promise(done => {
      const image = new Image();
      image.onload = () => done('loaded');
      image.onerror = () => done('refused');
      image.src = `${target}/v1/logs/pages/records/3`;
    }),
    script: () => new Promise(done => {
      const script = document.createElement('script');
      script.onload = () => done(window.ran ? 'ran' : 'loaded');
      script.onerror = () => done('refused');
      script.src = `${target}/v1/logs/pages/records/7`;
      document.head.append(script);
    }),
    events: () => new Promise(done => {
      const events = new EventSource(`${target}/v1/logs/orders/records`);
      events.onmessage = event => done(event.data);
      events.onerror = () => { events.close(); done('refused'); };
    }),
  };
  return Promise.all(Object.entries(tries).map(async ([name, run]) => [name, await quiet(run())])).then(Object.fromEntries);
}

/** A form that is sent off as somebody opens the page, which browsers let every page do. */
const form = target => `<!doctype html><form method=post enctype=text/plain action="${target}/v1/logs/orders/records">
<input name=a value=b></form><script>document.forms[0].submit()</script>`;

const frame = target => `<!doctype html><script>onmessage = event => { document.title = event.data }</script>
${records.map((_, offset) => `<iframe src="${target}/v1/logs/pages/records/${offset}"></iframe>`).join('')}
<iframe src="${target}/v1/stream/page?offset=-1"></iframe>`;

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://page');
  const target = url.searchParams.get('target');
  response.setHeader('Content-Type', 'text/html');
  response.end({ '/form': form, '/frame': frame }[url.pathname]?.(target) ?? '<!doctype html><title>page</title>');
});

async function open(context, url) {
  const page = await context.newPage();
  await page.goto(url).catch(() => {}); // A download is no page.
  return page;
}

async function settled(page) {
  await page.waitForTimeout(SETTLED);
}

async function foreign(context, host) {
  const before = await end('orders');
  const page = await open(context, `http://${host}:${pages}/`);
  const had = await page.evaluate(attack, service);
  for (const [name, what] of Object.entries(had)) {
    check(`${host} has nothing of ${name}, but has: ${what}`, /refused|Failed to fetch|^0 |^true$/.test(what) && !what.includes('secret'));
  }
  await open(context, `http://${host}:${pages}/form?target=${service}`);
  await settled(page);
  check(`${host} appends nothing`, await end('orders') === before);
  check(`${host} creates nothing`, !(await exists('taken')));
  const framed = await open(context, `http://${host}:${pages}/frame?target=${service}`);
  await settled(framed);
  check(`${host} runs no record in a frame`, await framed.title() !== 'ran' && !(await framed.evaluate(() => window.ran)));
}

async function opened(context) {
  for (const offset of records.keys()) {
    for (const path of [`/v1/logs/pages/records/${offset}`, offset === 0 ? '/v1/stream/page?offset=-1' : null]) {
      if (path !== null) {
        const page = await open(context, service + path);
        await settled(page);
        check(`${path} does nothing when it is opened`, !(await exists('taken')));
        await page.close();
      }
    }
  }
  for (const offset of records.keys()) {
    for (const name of ['script', 'iframe', 'embed', 'object']) {
      const home = await open(context, `${service}/v1/logs/orders`);
      await home.evaluate(([offset, name]) => new Promise(done => {
        const element = document.createElement(name);
        element[name === 'object' ? 'data' : 'src'] = `/v1/logs/pages/records/${offset}`;
        element.onload = element.onerror = () => setTimeout(done, 200);
        document.documentElement.append(element);
        setTimeout(done, 1000);
      }), [offset, name]);
      const ran = await home.evaluate(() => window.ran === true) || await exists('taken');
      check(`record ${offset} does not run as ${name} of a page of the service itself`, !ran);
      await home.close();
    }
  }
}

async function allowed(context) {
  const page = await open(context, `http://allowed.localhost:${pages}/`);
  const had = await page.evaluate(attack, service);
  check(`an allowed page reads: ${had.read}`, had.read.startsWith('200 '));
  check(`an allowed page appends: ${had.corsPost}`, had.corsPost.startsWith('201 '));
  check(`an allowed page does not administer: ${had.administer}, ${had.removeNode}`, /^401 /.test(had.administer) && /^401 /.test(had.removeNode));
}

async function rebound(context) {
  const page = await context.newPage();
  for (const port of [servicePort, process.env.MANAGEMENT]) {
    const answer = await page.goto(`http://rebound.example:${port}/v1/logs/orders/records`);
    check(`a name that means this machine for a moment is no name of the service at ${port}: ${answer.status()}`, answer.status() === 421);
  }
}

await ask('PUT', '/v1/logs/orders');
await ask('POST', '/v1/logs/orders/records', 'secret');
await ask('PUT', '/v1/logs/pages');
for (const [type, content] of records) {
  const answer = await ask('POST', '/v1/logs/pages/records', content, { 'Content-Type': type });
  check(`a record of ${type} is appended: ${answer.status}`, answer.status === 201);
}
await ask('PUT', '/v1/stream/page', active, { 'Content-Type': 'text/html' });

await new Promise(done => server.listen(pages, '127.0.0.1', done));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', `--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP rebound.example 127.0.0.1`] });
try {
  const context = await browser.newContext();
  await foreign(context, 'foreign.localhost'); // Another site.
  await foreign(context, '127.0.0.1'); // The same site at another port.
  await opened(context);
  await rebound(context);
  await allowed(await browser.newContext());
} finally {
  await browser.close();
  server.close();
}
console.log(`${process.exitCode ? 'Some of' : 'All'} ${checks} checks in a browser ${process.exitCode ? 'failed' : 'were passed'}`);
