import { fieldLines } from './field-line';

describe('fieldLines', () => {
  it('shows what has a value, in the order that is asked for', () => {
    expect(fieldLines(['volume', 'pages', 'year'], { year: '2019', volume: '12', pages: '' })).toEqual([
      { label: 'field.volume', value: '12' },
      { label: 'field.year', value: '2019' },
    ]);
  });

  it('writes dates as people do', () => {
    expect(fieldLines(['orderDate'], { orderDate: '20261124' })).toEqual([
      { label: 'field.orderDate', value: '2026-11-24' },
    ]);
    expect(fieldLines(['orderDate'], { orderDate: '2026' })[0]?.value).toBe('2026');
  });

  it('names the words of a code, and shows a value that is none as it is', () => {
    expect(fieldLines(['sendingMethod'], { sendingMethod: '速達' })).toEqual([
      { label: 'field.sendingMethod', value: '速達', code: 'code.sending-method.express' },
    ]);
    expect(fieldLines(['sendingMethod'], { sendingMethod: '伝書鳩' })[0]).toEqual({
      label: 'field.sendingMethod',
      value: '伝書鳩',
    });
  });
});
