import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { provideMessages } from '../testing/messages-at-once';
import { StateNamePipe } from './state-name.pipe';

@Component({
  standalone: true,
  imports: [StateNamePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '{{ known | stateName }}/{{ unknown | stateName }}',
})
class HostComponent {
  protected readonly known = { state: 'SHIPPED', externalStatus: '発送' } as const;
  protected readonly unknown = { state: null, externalStatus: '外部依頼中' };
}

describe('StateNamePipe', () => {
  it("names the state in the language, an unknown one in NACSIS-ILL's words, and follows the language", () => {
    TestBed.configureTestingModule({
      providers: [provideMessages()],
    });
    const translate = TestBed.inject(TranslateService);
    translate.use('ja');
    const dom = new Dom(TestBed.createComponent(HostComponent));
    expect(dom.text).toBe('発送/外部依頼中');
    translate.use('en');
    dom.settle();
    expect(dom.text).toBe('発送 · shipped/外部依頼中');
  });
});
