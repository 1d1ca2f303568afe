import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { NOT_ASKABLE, PROPOSAL_REASONS, type Candidate } from '../../../domain/ill/lender-proposal';
import { UNSERVABLE } from '../../../domain/ill/member';
import { Dom } from '../../testing/dom';
import { aRow, memberIdOf } from '../../testing/records';
import { CandidateChipsComponent } from './candidate-chips.component';

describe('CandidateChipsComponent', () => {
  beforeEach(() => TestBed.configureTestingModule({ providers: [provideTranslateService()] }));

  function show(changes: Partial<Candidate>, days = 90): Dom {
    const fixture = TestBed.createComponent(CandidateChipsComponent);
    fixture.componentRef.setInput('candidate', { ...aRow(10), ...changes });
    fixture.componentRef.setInput('days', days);
    return new Dom(fixture);
  }
  const warned = (dom: Dom) => dom.texts('.chip.warn');

  it('says that it can be asked, and what speaks for it', () => {
    const dom = show({ reasons: ['offset', 'same-prefecture', 'has-volume'] });
    expect(dom.texts('.chip')).toEqual([
      '✓ create.serves',
      'proposal.offset',
      'proposal.same-prefecture',
      'proposal.has-volume',
    ]);
    expect(warned(dom)).toEqual([]);
  });

  it('marks what speaks against it', () => {
    expect(warned(show({ reasons: ['offset', 'lacks-volume', 'often-asked'] }))).toEqual([
      'proposal.lacks-volume',
      'proposal.often-asked',
    ]);
  });

  it('says nothing of those who were never asked: most were not', () => {
    expect(show({ reasons: ['rarely-asked'] }).texts('.chip')).toEqual(['✓ create.serves']);
  });

  it('has words for every other reason', () => {
    const dom = show({ reasons: PROPOSAL_REASONS });
    expect(dom.texts('.chip').slice(1)).toEqual(
      PROPOSAL_REASONS.filter((reason) => reason !== 'rarely-asked').map((reason) => `proposal.${reason}`),
    );
  });

  it('names the library that takes its requests', () => {
    expect(show({ through: memberIdOf(11) }).text).toContain('create.through');
  });

  it('says only why it cannot be asked, whatever else is known', () => {
    for (const refusal of [...UNSERVABLE, ...NOT_ASKABLE]) {
      const dom = show({ refusal, reasons: ['offset'], through: memberIdOf(11) });
      expect(dom.texts('.chip')).toEqual([`✕ unservable.${refusal}`]);
    }
  });

  it('counts how often it was asked, and within how many days', () => {
    const translate = TestBed.inject(TranslateService);
    translate.setTranslation('ja', { proposal: { 'often-asked': '{{days}}日に{{count}}件' } });
    translate.use('ja');
    expect(show({ reasons: ['often-asked'], asked: 12 }).text).toContain('90日に12件');
  });
});
