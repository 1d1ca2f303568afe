import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { FieldFrameComponent } from './field-frame.component';

@Component({
  standalone: true,
  imports: [FieldFrameComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-field-frame
      for="it"
      label="field.it"
      [required]="isRequired()"
      [bytes]="12"
      [maxBytes]="254"
      [isCounted]="isCounted()"
    >
      <input id="it" aria-describedby="it-hint" />
      <ng-container ngProjectAs="[hint]">
        @for (hint of hints(); track hint) {
          <span>{{ hint }}</span>
        }
      </ng-container>
    </app-field-frame>
  `,
})
class HostComponent {
  readonly isRequired = signal(false);
  readonly isCounted = signal(false);
  readonly hints = signal<readonly string[]>([]);
}

describe('FieldFrameComponent', () => {
  let host: HostComponent;
  let dom: Dom;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(HostComponent);
    host = fixture.componentInstance;
    dom = new Dom(fixture);
  });

  it('labels the control, and says that it is required', () => {
    expect(dom.texts('label[for=it]')).toEqual(['field.it']);
    host.isRequired.set(true);
    dom.settle();
    expect(dom.texts('label[for=it]')).toEqual(['field.it *create.required']);
  });

  it('describes the control by its hints and the number of bytes, where that is counted', () => {
    expect(dom.texts('#it-hint')).toEqual(['']);
    host.hints.set(['too long']);
    host.isCounted.set(true);
    dom.settle();
    expect(dom.texts('#it-hint > span')).toEqual(['too long', '12 / 254 create.bytes']);
  });
});
