// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { richText } from '../../src/views/playground/richText.ts';
import { typeset } from '../../src/views/playground/typeset.ts';

function shown(source: string): HTMLElement {
  const box = document.createElement('div');
  const fragment = richText(source);
  if (fragment === null) throw new Error('shown as text');
  box.append(fragment);
  typeset(box);
  return box;
}

/** Elements that run, load, ask, or lay themselves over the page. */
const FORBIDDEN =
  'script,style,iframe,object,embed,img,video,audio,source,link,meta,base,form,input,button,textarea,select,foreignObject';

function expectHarmless(box: HTMLElement): void {
  expect([...box.querySelectorAll(FORBIDDEN)].map(({ outerHTML }) => outerHTML)).toEqual([]);
  for (const element of box.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|^src|^srcset|^action|^formaction/i);
      expect(value).not.toMatch(/javascript:|data:|vbscript:/i);
      // KaTeX lays its boxes out with inline styles; it is the only one that may, and never with an address.
      if (name === 'style') {
        expect(element.closest('.katex')).not.toBeNull();
        expect(value).not.toMatch(/url\(|position:\s*fixed/i);
      }
    }
  }
}

describe('richText', () => {
  it('shows Markdown as a document', () => {
    const box = shown('# Sum\n\n- **bold** and `code`\n\n```js\nlet x = 1;\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |');
    expect(box.querySelector('p.heading')?.textContent).toBe('Sum');
    expect(box.querySelector('li strong')?.textContent).toBe('bold');
    expect(box.querySelector('pre code')?.textContent).toBe('let x = 1;\n');
    expect([...box.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual(['1', '2']);
    expectHarmless(box);
  });

  it('marks links as foreign', () => {
    const link = shown('[a page](https://example.org/x)').querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://example.org/x');
    expect(link?.rel).toBe('noopener noreferrer nofollow');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)><style>*{display:none}</style>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action="https://evil.example"><input name=a><button>go</button></form>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:msgbox) [y](&#x6A;avascript:alert(1)) <javascript:alert(1)>',
    '![pixel](https://evil.example/track.png) ![x](data:image/svg+xml,<svg onload=alert(1)>)',
    '[x]: javascript:alert(1)\n\n[x]',
    '```"><img src=x onerror=alert(1)>\ncode\n```',
    '`<b onmouseover=alert(1)>`',
    '$\\href{javascript:alert(1)}{x}$ $\\url{javascript:alert(1)}$',
    '$\\includegraphics[height=1em]{https://evil.example/a.png}$',
    '$\\htmlStyle{position:fixed;inset:0}{x} \\htmlData{a=b}{x} \\htmlClass{nav}{x}$',
    '$</code><script>alert(1)</script>$',
    '\\[<img src=x onerror=alert(1)>\\]',
  ])('keeps %s from doing anything', (hostile) => {
    const box = shown(hostile);
    expectHarmless(box);
    expect(box.querySelector('a[href^="javascript" i]')).toBeNull();
  });

  it('takes no link but to http and https', () => {
    const box = shown('[a](ftp://x/y) [b](file:///etc/passwd) [c](#/settings) [d](mailto:a@b.c) [e](//x.example/y)');
    expect(box.querySelectorAll('a[href]')).toHaveLength(0);
    expect(box.textContent).toContain('e');
  });

  it.each([
    ['quotations', '> '.repeat(20_000) + 'x'],
    ['lists', '- '.repeat(10_000) + 'x'],
    ['brackets', '['.repeat(30_000)],
    ['emphasis', '*a **a '.repeat(7_000)],
    ['backticks', Array.from({ length: 300 }, (_, n) => '`'.repeat(n)).join(' ')],
    ['dollars', '$'.repeat(30_000)],
    ['open formulas', '\\( '.repeat(15_000)],
    ['tables', `|${'a|'.repeat(99)}\n|${'-|'.repeat(99)}\n${`|${'b|'.repeat(99)}\n`.repeat(30)}`],
  ])('survives nested or endless %s', (_, source) => {
    const begun = performance.now();
    const box = shown(source.slice(0, 60_000));
    expect(performance.now() - begun).toBeLessThan(5_000);
    let depth = 0;
    for (let node: Element | null = box; node !== null; node = node.firstElementChild) depth += 1;
    expect(depth).toBeLessThan(80);
  });

  it('shows what is longer as text', () => {
    expect(richText('a'.repeat(60_001))).toBeNull();
  });
});

describe('mathematics', () => {
  it('typesets formulas in all four notations, and no prices', () => {
    const box = shown('$a^2$ and \\(b\\) and\n\n$$c$$\n\n\\[d\\]\n\nIt costs $5 and $6.');
    expect(box.querySelectorAll('.katex')).toHaveLength(4);
    expect(box.querySelectorAll('.katex-display')).toHaveLength(2);
    expect(box.textContent).toContain('It costs $5 and $6.');
  });

  it.each([
    '$\\sqrt'.padEnd(1_500, '\\sqrt') + ' x$',
    '$\\def\\a{\\a\\a}\\a$',
    '$\\gdef\\x#1{#1#1#1#1}\\x{\\x{\\x{\\x{\\x{\\x{\\x{y}}}}}}}$',
    '$\\newcommand{\\b}{\\b}\\b$',
    `$${'{'.repeat(900)}x${'}'.repeat(900)}$`,
    `$${'\\frac{1}{'.repeat(190)}x${'}'.repeat(190)}$`,
    `$${'\\sqrt{'.repeat(250)}x${'}'.repeat(250)}$`,
  ])('ends the bomb %.40s', (bomb) => {
    const begun = performance.now();
    const box = shown(bomb);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(box.innerHTML.length).toBeLessThan(100_000);
    expectHarmless(box);
  });

  it('caps sizes, so that no rule or space covers the page', () => {
    const box = shown('$\\rule{9999em}{9999em}\\hspace{9999em}\\raisebox{9999em}{x}$');
    const sizes = [...box.querySelectorAll<HTMLElement>('[style]')].flatMap(({ style }) =>
      [...style.cssText.matchAll(/(-?[\d.]+)em/g)].map(([, size]) => Math.abs(Number(size))),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(45);
  });
});
