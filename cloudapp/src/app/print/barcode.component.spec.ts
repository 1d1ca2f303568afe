import { TestBed } from '@angular/core/testing';
import { Dom } from '../testing/dom';
import { BarcodeComponent } from './barcode.component';
import { code128 } from './code-128';

describe('BarcodeComponent', () => {
  function show(text: string): Dom {
    const fixture = TestBed.createComponent(BarcodeComponent);
    fixture.componentRef.setInput('text', text);
    return new Dom(fixture);
  }

  it('draws each bar, and the text below', () => {
    const dom = show('LA0012345671');
    const { bars, width } = code128('LA0012345671');
    const drawn = [...(dom.one('path').getAttribute('d') ?? '').matchAll(/M(\d+) 0h(\d+)v1h-(\d+)z/g)];
    expect(drawn.map(([, at, wide]) => ({ at: Number(at), width: Number(wide) }))).toEqual([...bars]);
    expect(dom.one('svg').getAttribute('viewBox')).toBe(`0 0 ${String(width)} 1`);
    expect(dom.texts('[data-testid=barcode-text]')).toEqual(['LA0012345671']);
    expect(dom.root.style.getPropertyValue('--width')).toBe(`${String(width * 0.33)}mm`);
  });

  it('only writes what cannot be drawn', () => {
    const dom = show('依頼');
    expect([dom.all('svg').length, dom.texts('[data-testid=barcode-text]')]).toEqual([0, ['依頼']]);
  });
});
