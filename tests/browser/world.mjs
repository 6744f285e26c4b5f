// SPDX-License-Identifier: MIT
// The real daemon on the bundled records, and Debian's Chromium to look at it. For the tests beside and for screenshots.mjs;
// TEST_BREACHD, TEST_BREACHCTL and TEST_RECORDS say where things are.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';
export const WIDTHS = [360, 1280];
export const SCHEMES = ['light', 'dark'];
const HEIGHT = 800;
const PATIENCE = 120_000; // milliseconds; nothing waits so long unless it hangs, and then the test fails

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const OPTIONS = /^(PATH|LD_LIBRARY_PATH|.*_OPTIONS)$/;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => OPTIONS.test(name)));

/** Imports the records and serves them; { origin, stop }. */
export async function serve() {
  const folder = mkdtempSync(join(tmpdir(), 'breachd-browser-'));
  const catalogue = join(folder, 'catalogue.db');
  execFileSync(process.env.TEST_BREACHCTL, ['import', '--output', catalogue, process.env.TEST_RECORDS], { env, stdio: 'pipe' });
  const options = ['--catalogue', catalogue, '--listen', '127.0.0.1:0', '--access-log', 'off', '--contact', 'mailto:desk@example.org'];
  const daemon = spawn(process.env.TEST_BREACHD, options, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise(resolve => daemon.on('exit', resolve));
  const lines = [];
  for await (const line of createInterface({ input: daemon.stderr })) {
    lines.push(line);
    const origin = /^breachd \S+: serving .* at (http:\S+)$/.exec(line)?.[1];
    if (origin) {
      daemon.stderr.resume();
      const stop = async () => {
        daemon.kill();
        await ended;
        rmSync(folder, { recursive: true });
      };
      return { origin, stop };
    }
  }
  throw new Error(`breachd ended: ${lines.join('\n')}`);
}

/** A browser with a profile of its own; its network ends at this machine. */
export function launch() {
  if (!existsSync(CHROMIUM)) throw new Error(`there is no ${CHROMIUM}: see test_packages in server/packages.sh`);
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A window without script. Collects what no page may do in `faults`, and in `left` the requests to others, which only a
 * link that somebody follows may make; none gets anywhere. */
export async function openWindow(browser, origin, { width = 1280, scheme = 'light', ...more } = {}) {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height: HEIGHT },
    colorScheme: scheme,
    javaScriptEnabled: false,
    ...more,
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = [];
  const left = [];
  const ours = url => url.startsWith(`${origin}/`) || url === 'about:blank';
  await context.route(url => !ours(url.href), route => route.fulfill({ contentType: 'text/plain', body: 'elsewhere' }));
  context.on('request', request => {
    if (ours(request.url())) return;
    left.push(request);
    if (!request.isNavigationRequest()) faults.push(`${request.resourceType()} from elsewhere: ${request.url()}`);
  });
  page.on('console', message => faults.push(`console: ${message.text()} (${page.url()})`));
  page.on('pageerror', error => faults.push(`script: ${error} (${page.url()})`));
  page.on('requestfailed', request => {
    // The next page takes the place of one that still waits for its icon.
    if (request.failure().errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()}`);
  });
  return { page, faults, left, close: () => context.close() };
}

/** Every page without a query that links lead to from `/`, with its source; { path: html }. */
export async function allPages(origin) {
  const pages = new Map();
  const waiting = ['/'];
  for (const path of waiting) {
    const reply = await fetch(origin + path, { headers: { accept: 'text/html' } });
    if (!reply.ok || !reply.headers.get('content-type').startsWith('text/html')) continue;
    const html = await reply.text();
    pages.set(path, html);
    for (const [, href] of html.matchAll(/<a\s[^>]*?href="(\/[^"?#]*)[^"]*"/g))
      if (!waiting.includes(href)) waiting.push(href);
  }
  return pages;
}

/** Of paths those that differ in kind: of each resource that has an id, the longest pages, which show most. */
export function kindsOf(pages, most = 1) {
  const kinds = new Map();
  for (const [path, html] of pages) {
    const [, resource, id, rest] = path.split('/');
    const kind = id ? `/${resource}/*${rest ? `/${rest}` : ''}` : path;
    kinds.set(kind, [...(kinds.get(kind) ?? []), { path, size: html.length }]);
  }
  return [...kinds.values()].flatMap(list => list.sort((a, b) => b.size - a.size).slice(0, most).map(({ path }) => path));
}

/** Lists and problems as people meet them; those with a status of 400 or more apart. */
export const QUERIES = [
  '/incidents?country=JP&year=2019',
  '/incidents?q=toyota',
  '/incidents?q=toyota+nosuchword&country=JP',
  '/incidents?organization=toyota-tokyo-sales-holdings&reach=all&sort=-affected',
  '/incidents?facet=country&facet_limit=200',
  '/dealers?q=toyo*',
  '/organizations?kind=automaker&sort=-date',
  '/timeline?kind=disclosure&date=2019',
  '/statistics?by=country',
  '/statistics?by=data_class&status=confirmed',
];
export const PROBLEMS = ['/no-such-page', '/incidents/no-such-incident', '/incidents?contry=JP&year=x&limit=0'];
