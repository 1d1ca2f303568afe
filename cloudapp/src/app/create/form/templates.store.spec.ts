import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { Profile, Template } from '../../../domain/api/profile';
import { MAX_TEMPLATES } from '../../../domain/ill/templates';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aProfile, aTemplate, BRANCH, LIBRARY } from '../../testing/records';
import { ORDER_FIELDS, TEMPLATE_FIELDS } from './order-fields';
import { OrderFormStore } from './order-form.store';
import { TemplatesStore } from './templates.store';

const COPY = aTemplate('急ぎ', { kind: 'copy', values: { payment: 'pr', sendingMethod: '速達' } });
const LOAN = aTemplate('貸借用', { kind: 'loan', values: { payment: 're' } });
const BOTH = aTemplate('通常', { values: { payment: 'pb' } });

describe('TemplatesStore', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let form: OrderFormStore;
  let store: TemplatesStore;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.profile.and.returnValue(of(aProfile([COPY, LOAN, BOTH], { version: 4 })));
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        TemplatesStore,
        OrderFormStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  function start(): void {
    form = TestBed.inject(OrderFormStore);
    store = TestBed.inject(TemplatesStore);
  }
  const offered = () => store.offered().map(({ name }) => name);
  const put = () => gateway.putProfile.calls.mostRecent().args;
  const saved = (): Template => put()[1].templates!.find(({ name }) => name === '新しい')!;
  const template = (name: string, values: Template['values'] = {}, kind?: Template['kind']): Template =>
    aTemplate(name, { values, ...(kind && { kind }) });

  describe('offers', () => {
    it('those of the library that are for the kind', () => {
      start();
      expect(gateway.profile.calls.allArgs()).toEqual([[LIBRARY.code]]);
      expect(offered()).toEqual(['急ぎ', '通常']);
      form.kind.set('loan');
      expect(offered()).toEqual(['貸借用', '通常']);
    });

    it('those of the library that is worked for, and none of the other one meanwhile', () => {
      start();
      gateway.profile.and.returnValue(new Subject<Profile>());
      session.worksFor(BRANCH);
      expect([gateway.profile.calls.mostRecent().args, offered()]).toEqual([[BRANCH.code], []]);
    });

    it('none when they cannot be read, and says why', () => {
      gateway.profile.and.returnValue(failing('gateway-unreachable'));
      start();
      expect([offered(), store.readError()?.code, store.saveError()]).toEqual([[], 'gateway-unreachable', undefined]);
    });
  });

  describe('choosing one', () => {
    it('takes its values, and none of another', () => {
      start();
      expect(store.chosen()).toBeUndefined();
      store.choose('急ぎ');
      expect(store.chosen()).toEqual(COPY);
      store.choose('');
      expect(store.chosen()).toBeUndefined();
    });

    it('lasts as long as it is for the kind, and comes back with it', () => {
      start();
      store.choose('急ぎ');
      form.kind.set('loan');
      expect(store.chosen()).toBeUndefined();
      form.kind.set('copy');
      expect(store.chosen()).toEqual(COPY);
    });

    it('lasts over the kinds when it is for both', () => {
      start();
      store.choose('通常');
      form.kind.set('loan');
      expect(store.chosen()).toEqual(BOTH);
    });

    it('types nothing', () => {
      start();
      store.choose('急ぎ');
      expect([form.typed(), form.isDirty()]).toEqual([{}, false]);
    });
  });

  describe('the comment of one', () => {
    beforeEach(() => {
      gateway.profile.and.returnValue(
        of(
          aProfile([
            template('A', { comment: 'お急ぎ\nください' }),
            template('B', { comment: 'よろしく' }),
            template('C'),
          ]),
        ),
      );
      start();
    });

    it('fills an empty comment, as one line', () => {
      store.choose('A');
      expect(form.comment()).toBe('お急ぎ ください');
    });

    it('does not touch a comment that was typed', () => {
      form.typeComment('typed');
      store.choose('A');
      store.choose('B');
      expect(form.comment()).toBe('typed');
    });

    it('goes with it when another one is chosen, or none', () => {
      store.choose('B');
      store.choose('C');
      expect(form.comment()).toBe('');
      store.choose('B');
      store.choose('');
      expect(form.comment()).toBe('');
    });

    it('stays once it was changed', () => {
      store.choose('B');
      form.typeComment('よろしくお願いします');
      store.choose('A');
      expect(form.comment()).toBe('よろしくお願いします');
    });
  });

  describe('saving', () => {
    it('puts what is on the form under the name, for the kind, beside the others, by their names', () => {
      start();
      form.type('payment', 'pr');
      form.typeComment('お急ぎください');
      store.save('あたらしい');
      expect(put()).toEqual([
        LIBRARY.code,
        {
          version: 4,
          templates: [
            template('あたらしい', { payment: 'pr', comment: 'お急ぎください' }, 'copy'),
            LOAN,
            BOTH,
            COPY,
          ].sort((one, other) => one.name.localeCompare(other.name, 'ja')),
        },
      ]);
    });

    it('takes nothing of the patron and nothing of the one request, whatever is on the form', () => {
      start();
      for (const name of ORDER_FIELDS) form.type(name, 'x');
      store.save('新しい');
      expect<readonly string[]>(Object.keys(saved().values).sort()).toEqual([...TEMPLATE_FIELDS].sort());
      for (const name of [
        'applicant',
        'applicantAffiliation',
        'bibId',
        'bibNote',
        'volume',
        'article',
        'borrowerNumber',
        'orderDate',
      ])
        expect(name in saved().values)
          .withContext(name)
          .toBeFalse();
    });

    it('takes no way of copying for a loan, and nothing that is empty', () => {
      start();
      form.kind.set('loan');
      form.type('copyType', 'FAX');
      form.type('payment', 'pr');
      form.type('permitNumber', '');
      store.save('新しい');
      expect(saved()).toEqual(template('新しい', { payment: 'pr' }, 'loan'));
    });

    it('takes what came by itself, too: it is on the form', () => {
      start();
      form.presets.set({ payment: { value: 'pb', origin: 'institution' } });
      store.save('新しい');
      expect(saved().values).toEqual({ payment: 'pb' });
    });

    it('replaces an older one of the name', () => {
      start();
      form.type('payment', 'co');
      store.save('急ぎ');
      const same = put()[1].templates!.filter(({ name }) => name === '急ぎ');
      expect(same).toEqual([template('急ぎ', { payment: 'co' }, 'copy')]);
    });

    it('does not replace one of the name that is for the other kind: the gateway refuses two of a name, and nothing is lost', () => {
      start();
      store.save('貸借用');
      expect(
        put()[1]
          .templates!.filter(({ name }) => name === '貸借用')
          .map(({ kind }) => kind),
      ).toEqual(jasmine.arrayWithExactContents(['copy', 'loan']));
    });

    it('says what the gateway had against it, and leaves what is chosen', () => {
      const fieldErrors = [{ field: 'templates[3].name', code: 'duplicate' }] as const;
      gateway.putProfile.and.returnValue(failing('invalid-fields', { fieldErrors }));
      start();
      store.choose('急ぎ');
      store.save('貸借用');
      expect([store.saveError()?.details.fieldErrors, store.chosen()]).toEqual([fieldErrors, COPY]);
    });

    it('shows and chooses what was saved, as the gateway has it', () => {
      start();
      const after = aProfile([template('新しい', { payment: 'pr' }, 'copy')], { version: 5 });
      gateway.putProfile.and.returnValue(of(after));
      store.save('新しい');
      expect([offered(), store.chosenName(), store.chosen()]).toEqual([['新しい'], '新しい', after.templates[0]]);
      store.remove('新しい');
      expect(put()[1].version).toBe(5);
    });

    it('keeps the values of the chosen one on the form until it is done', () => {
      gateway.putProfile.and.returnValue(new Subject<Profile>());
      start();
      store.choose('急ぎ');
      store.save('新しい');
      expect(store.chosen()).toEqual(COPY);
    });

    it('ignores a second one while the first is on its way', () => {
      gateway.putProfile.and.returnValue(new Subject<Profile>());
      start();
      store.save('新しい');
      store.save('別の');
      expect(gateway.putProfile).toHaveBeenCalledTimes(1);
    });
  });

  describe('when somebody else has changed them meanwhile', () => {
    const fresh = aProfile([template('他の人の')], { version: 7 });
    beforeEach(() => {
      start();
      store.choose('急ぎ');
      gateway.putProfile.and.returnValue(failing('stale-version'));
      gateway.profile.and.returnValue(of(fresh));
    });

    it('nothing is saved, it is said, and what they have made is shown', () => {
      store.save('新しい');
      expect([store.saveError()?.code, offered()]).toEqual(['stale-version', ['他の人の']]);
    });

    it('the next try is made on what they have made, and the fault is forgotten when it works', () => {
      store.save('新しい');
      gateway.putProfile.and.returnValue(of(aProfile([], { version: 8 })));
      store.save('新しい');
      expect(put()[1].version).toBe(7);
      expect(put()[1].templates!.map(({ name }) => name)).toEqual(
        jasmine.arrayWithExactContents(['他の人の', '新しい']),
      );
      expect(store.saveError()).toBeUndefined();
    });
  });

  it('keeps what was read, and what is chosen of it, when saving fails and it cannot be read again', () => {
    start();
    store.choose('急ぎ');
    gateway.putProfile.and.returnValue(failing('gateway-unreachable'));
    gateway.profile.and.returnValue(failing('gateway-unreachable'));
    store.save('新しい');
    expect([store.chosen(), store.saveError()?.code, store.readError()?.code]).toEqual([
      COPY,
      'gateway-unreachable',
      'gateway-unreachable',
    ]);
  });

  it('names no version that it has not read: what is there is not overwritten', () => {
    gateway.profile.and.returnValue(failing('gateway-unreachable'));
    start();
    store.save('新しい');
    expect(put()[1].version).toBe(0);
  });

  describe('removing', () => {
    it('takes out the one of the name that is offered, and none is chosen afterwards', () => {
      const [copy, loan] = [template('同じ名', {}, 'copy'), template('同じ名', {}, 'loan')];
      gateway.profile.and.returnValue(of(aProfile([copy, loan, BOTH])));
      gateway.putProfile.and.returnValue(of(aProfile([loan, BOTH], { version: 2 })));
      start();
      store.choose('同じ名');
      store.remove('同じ名');
      expect(put()).toEqual([LIBRARY.code, { version: 1, templates: [loan, BOTH] }]);
      expect([offered(), store.chosenName()]).toEqual([['通常'], '']);
    });

    it('takes nothing from the form when it fails', () => {
      gateway.putProfile.and.returnValue(failing('forbidden'));
      start();
      store.choose('急ぎ');
      store.remove('急ぎ');
      expect([store.chosen(), store.saveError()?.code]).toEqual([COPY, 'forbidden']);
    });
  });

  it('lets managers change, and nobody else', () => {
    start();
    expect(store.mayChange()).toBeFalse();
    session.manager();
    expect(store.mayChange()).toBeTrue();
    session.session.set({ state: 'loading' });
    expect(store.mayChange()).toBeFalse();
  });

  it('knows when no further one fits, those of the other kind counted', () => {
    start();
    expect(store.isFull()).toBeFalse();
    const many = Array.from({ length: MAX_TEMPLATES }, (_, at) => template(String(at), {}, at === 0 ? 'copy' : 'loan'));
    gateway.profile.and.returnValue(of(aProfile(many)));
    session.worksFor(BRANCH);
    expect([store.isFull(), offered().length]).toEqual([true, 1]);
  });
});
