import { TestBed } from '@angular/core/testing';
import type { FieldError } from '../../../domain/errors';
import { MAX_LENDERS } from '../../../domain/ill/fields';
import { aRow, memberIdOf } from '../../testing/records';
import type { Preset, Presets } from './field-defaults';
import { pickOf } from '../../../domain/ill/rota';
import type { OrderField } from './order-fields';
import { OrderFormStore } from './order-form.store';
import { RotaStore } from '../lenders/rota.store';

const preset = (value: string): Preset => ({ value, origin: 'institution' });
/** Everything required for the order of a copy, except the rota. */
const ENOUGH: Presets = {
  payment: preset('pb'),
  copyType: preset('電子複写'),
  bibNote: preset('図書館情報学入門'),
  orderDate: preset('20261124'),
  borrowerStaff: preset('担当 A'),
  borrowerAddress: preset('東京都 1-1'),
};

describe('OrderFormStore', () => {
  let form: OrderFormStore;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [OrderFormStore, RotaStore] });
    form = TestBed.inject(OrderFormStore);
  });

  const codesOf = (field: string) =>
    form
      .shownErrors()
      .filter((error) => error.field === field)
      .map(({ code }) => code);
  const faulty = (errors: readonly FieldError[]) => errors.map(({ field }) => field).sort();
  function fillIn(): void {
    form.presets.set(ENOUGH);
    form.picks.set([pickOf(aRow(10))]);
  }

  describe('a value', () => {
    it('is the preset, with its origin', () => {
      form.presets.set({ payment: preset('pb') });
      expect(form.view('payment')).toEqual(jasmine.objectContaining({ value: 'pb', origin: 'institution', bytes: 2 }));
    });

    it('is what was typed, however late a preset comes', () => {
      form.type('volume', '12');
      form.presets.set({ volume: { value: '99', origin: 'alma-bib' } });
      expect(form.view('volume').value).toBe('12');
      expect('origin' in form.view('volume')).toBeFalse();
    });

    it('is what was typed also over a preset that was there', () => {
      form.presets.set({ volume: preset('99') });
      form.type('volume', '12');
      form.presets.set({ volume: preset('100') });
      expect(form.values().volume).toBe('12');
    });

    it('stays empty once emptied', () => {
      form.presets.set({ volume: preset('99') });
      form.type('volume', '');
      form.presets.set({ volume: preset('100') });
      expect(form.view('volume')).toEqual(jasmine.objectContaining({ value: '', bytes: 0 }));
      expect('origin' in form.view('volume')).toBeFalse();
      expect('volume' in form.values()).toBeFalse();
    });

    it('is a later preset where nothing was typed', () => {
      form.presets.set({ volume: preset('1') });
      form.presets.set({ volume: preset('2') });
      expect(form.values()).toEqual({ volume: '2' });
    });

    it('is one line, whatever was pasted', () => {
      const pasted = {
        'a\r\nb': 'a b',
        'a  \n\n  b': 'a b',
        'a\tb': 'a b',
        'a\u2028b\u0085c\u000bd': 'a b c d',
        'a\u0000b': 'a b',
      };
      for (const [text, line] of Object.entries(pasted)) {
        form.type('article', text);
        expect(form.view('article').value).withContext(JSON.stringify(text)).toBe(line);
        expect(codesOf('article')).toEqual([]);
      }
    });

    it('is one line in the comment, too', () => {
      for (const [text, line] of Object.entries({
        'a\r\nb': 'a b',
        'a\tb': 'a b',
        'a\u2028b': 'a b',
        'a  b ': 'a  b ',
      })) {
        form.typeComment(text);
        expect(form.comment()).withContext(JSON.stringify(text)).toBe(line);
        expect(codesOf('comment')).toEqual([]);
      }
    });

    it('counts and sends whole letters, where they were pasted in parts', () => {
      form.type('article', 'か\u3099e\u0301');
      form.typeComment('か\u3099');
      const { value, bytes } = form.view('article');
      expect([value, bytes, form.comment()]).toEqual(['がé', 5, 'が']);
    });

    it('keeps the blanks that are typed', () => {
      form.type('article', 'a  b ');
      expect(form.view('article').value).toBe('a  b ');
    });
  });

  describe('the kind', () => {
    it('hides what the other kind does not have, and keeps it', () => {
      form.type('copyType', 'FAX');
      form.kind.set('loan');
      expect(form.values()).toEqual({});
      expect(form.shownErrors()).toEqual([]);
      form.kind.set('copy');
      expect(form.values()).toEqual({ copyType: 'FAX' });
    });

    it('decides what is required', () => {
      expect(form.view('copyType').required).toBeTrue();
      form.kind.set('loan');
      expect([form.view('copyType').required, form.view('payment').required, form.view('volume').required]).toEqual([
        false,
        true,
        false,
      ]);
    });
  });

  describe('lengths', () => {
    it('count in bytes, not in characters', () => {
      form.type('volume', 'あ'.repeat(84));
      expect([form.view('volume').bytes, form.view('volume').maxBytes, codesOf('volume')]).toEqual([252, 254, []]);
      form.type('volume', 'あ'.repeat(85));
      expect(form.shownErrors()).toEqual([
        { field: 'volume', code: 'too-long', params: { bytes: 255, maxBytes: 254 } },
      ]);
    });

    it("of the local data leave room for the gateway's mark, and are complained of once", () => {
      const { maxBytes } = form.view('borrowerLocalData');
      form.type('borrowerLocalData', 'x'.repeat(maxBytes));
      expect(codesOf('borrowerLocalData')).toEqual([]);
      for (const bytes of [maxBytes + 1, 1025]) {
        form.type('borrowerLocalData', 'x'.repeat(bytes));
        expect(codesOf('borrowerLocalData')).withContext(String(bytes)).toEqual(['too-long']);
      }
    });

    it('of the comment are checked, too', () => {
      form.comment.set('あ'.repeat(342));
      expect(codesOf('comment')).toEqual(['too-long']);
    });
  });

  it('says at once what has not its form', () => {
    form.type('orderDate', '20261332');
    form.type('payment', 'zz');
    form.type('standardNumber', 'ISBN=9784000000018');
    expect([codesOf('orderDate'), codesOf('payment'), codesOf('standardNumber')]).toEqual([
      ['bad-date'],
      ['unknown-code'],
      ['bad-check-character'],
    ]);
  });

  describe('what is missing', () => {
    it('is not said before anybody has been there', () => {
      expect(form.shownErrors()).toEqual([]);
    });

    it('is said of a field that was emptied and left, not of one that was only passed', () => {
      form.leave('payment');
      expect(form.shownErrors()).toEqual([]);
      form.type('payment', '');
      expect(faulty(form.shownErrors())).toEqual(['payment']);
      form.type('payment', 'pb');
      expect(form.shownErrors()).toEqual([]);
    });

    it('is said of all once an order was tried', () => {
      const faults = form.check('order');
      expect(faulty(faults)).toEqual([
        'bibId',
        'borrowerAddress',
        'borrowerStaff',
        'copyType',
        'lenders',
        'orderDate',
        'payment',
      ]);
      expect(faulty(form.shownErrors())).toEqual(faulty(faults));
    });

    it('is nothing when what is needed is there', () => {
      fillIn();
      expect(form.check('order')).toEqual([]);
    });

    it('is a required field that was emptied, or has blanks only', () => {
      fillIn();
      for (const value of ['', '  ']) {
        form.type('borrowerStaff', value);
        expect(form.check('order')).toEqual([{ field: 'borrowerStaff', code: 'required' }]);
      }
    });

    it('is any one of the three that name the work', () => {
      fillIn();
      form.type('bibNote', '');
      expect(form.check('order').map(({ field, code }) => [field, code])).toEqual([['bibId', 'required-one-of']]);
      form.type('standardNumber', 'ISBN=9784000000017');
      expect(form.check('order')).toEqual([]);
    });

    it('is nothing for keeping it in NACSIS-ILL, but what is there must have its form', () => {
      expect(form.check('save')).toEqual([]);
      form.type('orderDate', 'x');
      expect(faulty(form.check('save'))).toEqual(['orderDate']);
    });
  });

  describe('what only the gateway could see', () => {
    const seen: readonly FieldError[] = [
      { field: 'payment', code: 'not-editable-now' },
      { field: 'comment', code: 'bad-format' },
      { field: 'lenders[0].memberId', code: 'lender-cannot-serve', params: { memberId: '館10' } },
    ];
    beforeEach(() => {
      fillIn();
      form.comment.set('x');
      TestBed.flushEffects();
      form.gatewayErrors.set(seen);
      TestBed.flushEffects();
    });

    it('is shown, and does not stand against the next order', () => {
      expect(form.shownErrors()).toEqual([...seen]);
      expect(form.check('order')).toEqual([]);
    });

    it('goes with the editing of its field, and of no other', () => {
      form.type('volume', '1');
      expect(faulty(form.shownErrors())).toEqual(['comment', 'lenders[0].memberId', 'payment']);
      form.type('payment', 'pr');
      expect(faulty(form.shownErrors())).toEqual(['comment', 'lenders[0].memberId']);
    });

    it('goes with the editing of the comment', () => {
      form.comment.set('y');
      TestBed.flushEffects();
      expect(faulty(form.shownErrors())).toEqual(['lenders[0].memberId', 'payment']);
    });

    it('goes with any change of the rota: its places mean other libraries then', () => {
      TestBed.inject(RotaStore).remove(memberIdOf(10));
      TestBed.flushEffects();
      expect(faulty(form.shownErrors())).toEqual(['comment', 'payment']);
    });
  });

  it('is dirty with the first thing that was entered', () => {
    form.presets.set(ENOUGH);
    expect(form.isDirty()).toBeFalse();
    for (const enter of [
      () => form.type('volume', ''),
      () => form.comment.set('x'),
      () => TestBed.inject(RotaStore).add(aRow(10)),
    ]) {
      form.typed.set({});
      form.comment.set('');
      form.picks.set([]);
      form.isRotaOwn.set(false);
      enter();
      expect(form.isDirty()).toBeTrue();
    }
  });

  it('is not dirty with a rota that was only proposed', () => {
    TestBed.inject(RotaStore).follow([aRow(10)]);
    expect([form.lenders().length, form.isDirty()]).toEqual([1, false]);
  });

  it('sends the rota with the library that accepts for each', () => {
    fillIn();
    expect(form.fields().lenders).toEqual([
      { memberId: memberIdOf(10), memberName: '館10', acceptingMemberId: memberIdOf(10) },
    ]);
    form.picks.set([]);
    expect('lenders' in form.fields()).toBeFalse();
  });

  it('refuses a rota that is too long or names a library twice', () => {
    form.picks.set(Array.from({ length: MAX_LENDERS + 1 }, (_, at) => pickOf(aRow(at + 10))));
    expect(codesOf('lenders')).toEqual(['too-many']);
    form.picks.set([pickOf(aRow(10)), pickOf(aRow(10))]);
    expect(codesOf('lenders[1].memberId')).toEqual(['duplicate']);
  });

  it('has a view of every field, also of one that it never heard of', () => {
    const view = form.view('borrowerNumber' satisfies OrderField);
    expect(view).toEqual({ name: 'borrowerNumber', value: '', required: false, bytes: 0, maxBytes: 10 });
  });
});
