import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { Dom } from '../testing/dom';
import { ChargeLinesComponent } from './charge-lines.component';

describe('ChargeLinesComponent', () => {
  function show(fields: RequestView['fields']): Dom {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(ChargeLinesComponent);
    fixture.componentRef.setInput('fields', fields);
    return new Dom(fixture);
  }

  it('shows lines, fee, postage and total in yen', () => {
    const charges = [
      { item: '複写', quantity: '30', unitPrice: '35', amount: '1050' },
      { quantity: '2', unitPrice: '60', amount: '120' },
    ];
    expect(show({ charges, fee: '100', postage: '210', total: '1480' }).texts('dl > div')).toEqual([
      '複写30 × ¥35 ¥1,050',
      'request.chargeLine2 × ¥60 ¥120',
      'field.fee ¥100',
      'field.postage ¥210',
      'field.total¥1,480',
    ]);
  });

  it('shows a charge of nothing, and no charge not at all', () => {
    expect(show({ total: '0' }).texts('dd')).toEqual(['¥0']);
  });

  it('shows nothing while nothing is charged', () => {
    expect(show({ charges: [], fee: '' }).all('section')).toEqual([]);
  });
});
