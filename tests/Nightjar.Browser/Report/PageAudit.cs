namespace Nightjar.Browser.Report;

/// <summary>A few checks of what everybody needs to read a page. Each complaint is a sentence that names the element.</summary>
internal static class PageAudit
{
    public const string Script =
        """
        () => {
          const complaints = [];
          const name = e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}${e.classList.length ? '.' + [...e.classList].join('.') : ''} "${(e.textContent || '').trim().slice(0, 40)}"`;
          const seen = e => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false });

          if (!document.documentElement.lang) complaints.push('no language');
          if (!document.title) complaints.push('no title');
          for (const part of ['header', 'nav', 'main', 'footer'])
            if (!document.querySelector(part)) complaints.push(`no ${part}`);

          let level = 0;
          for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
            const next = Number(h.tagName[1]);
            if (next > level + 1) complaints.push(`heading leaps from ${level} to ${next}: ${name(h)}`);
            level = next;
          }
          if (document.querySelectorAll('h1').length !== 1) complaints.push('not one h1 heading');

          for (const svg of document.querySelectorAll('svg, img'))
            if (!svg.getAttribute('aria-label') && svg.getAttribute('aria-hidden') !== 'true' && !svg.getAttribute('alt'))
              complaints.push(`${svg.tagName} without a name: ${name(svg)}`);
          for (const field of document.querySelectorAll('input, select, textarea'))
            if (!field.labels.length) complaints.push(`${field.tagName.toLowerCase()} without a label: ${name(field)}`);
          for (const table of document.querySelectorAll('table')) {
            if (!table.caption) complaints.push(`table without a caption: ${name(table)}`);
            for (const th of table.querySelectorAll('th')) if (!th.scope) complaints.push(`head without a scope: ${name(th)}`);
          }
          const ids = new Set();
          for (const e of document.querySelectorAll('[id]')) {
            if (ids.has(e.id)) complaints.push(`id twice: ${e.id}`);
            ids.add(e.id);
          }
          for (const e of document.querySelectorAll('[aria-labelledby]'))
            if (!ids.has(e.getAttribute('aria-labelledby'))) complaints.push(`label that is not there: ${name(e)}`);
          for (const a of document.querySelectorAll('a[href^="#"]'))
            if (!ids.has(decodeURIComponent(a.getAttribute('href').slice(1)))) complaints.push(`link to nowhere: ${name(a)}`);

          const parse = text => { const n = text.match(/[\d.]+/g).map(Number); return { r: n[0], g: n[1], b: n[2], a: n[3] ?? 1 }; };
          const light = c => { const f = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; return 0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b); };
          const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
          const ground = e => {
            for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.a === 1) return c; }
            return { r: 255, g: 255, b: 255 };
          };
          const told = new Set();
          for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest('script, style, noscript, title') || !seen(e)) continue;
            const style = getComputedStyle(e);
            const svg = e.closest('svg');
            let back = ground(e), front = parse(svg ? style.fill : style.color);
            if (svg?.matches('.bar')) {
              const rect = svg.querySelector(`rect.${e.getAttribute('class')}`);
              const fill = rect && getComputedStyle(rect).fill;
              back = fill && fill !== 'none' ? parse(fill) : parse(getComputedStyle(svg.querySelector('.ground')).fill);
            }
            const size = parseFloat(style.fontSize);
            const needed = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700 ? 3 : 4.5;
            const found = ratio(front, back);
            const key = `${style.color}|${style.fill}|${JSON.stringify(back)}`;
            if (found < needed && !told.has(key)) { told.add(key); complaints.push(`contrast ${found.toFixed(2)} of ${name(e)}`); }
          }
          for (const shape of document.querySelectorAll('svg .mark, svg .stated, svg .held, .bars rect, .share rect')) {
            if (!seen(shape)) continue;
            const fill = getComputedStyle(shape).fill, back = ground(shape), found = ratio(parse(fill), back);
            const key = `${fill}|${JSON.stringify(back)}`;
            if (found < 3 && !told.has(key)) { told.add(key); complaints.push(`contrast ${found.toFixed(2)} of the drawn ${shape.tagName}.${shape.getAttribute('class')}`); }
          }
          return complaints;
        }
        """;
}
