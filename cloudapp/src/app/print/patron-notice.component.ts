import { DOCUMENT } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { getValue, TranslateParser, TranslatePipe, TranslateService } from '@ngx-translate/core';
import printMessages from '../../i18n/print.json';
import type { RequestView } from '../../domain/api/requests';
import { formatDay, isDay } from '../../domain/ill/dates';
import { citationOf, titleOf } from '../../domain/ill/request-title';
import { copyText } from '../core/copy-text';
import { LANGUAGES, languageOf, type Language } from '../core/language';
import { SessionService } from '../core/session.service';
import { yen } from '../ui/yen';

type Line = keyof (typeof printMessages)['ja']['print']['notice']['line'];

/**
 * Texts for the patrons whose items have arrived, in the language that the patron reads, to copy into a mail. They stay
 * on this page: the app neither sends nor stores them.
 */
@Component({
  selector: 'app-patron-notice',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset class="row gap-l">
      <legend>{{ 'print.notice.language' | translate }}</legend>
      @for (each of languages; track each) {
        <label class="check">
          <input
            type="radio"
            name="notice-language"
            [value]="each"
            [checked]="language() === each"
            (change)="language.set(each)"
          />
          {{ 'print.notice.languages.' + each | translate }}
        </label>
      }
    </fieldset>
    @for (notice of notices(); track notice.id) {
      <div class="framed stack gap-xs" data-testid="notice">
        <div class="row">
          <label class="grow" [for]="'notice-' + notice.id">{{ notice.id }}</label>
          <button type="button" class="plain-button" (click)="copy(notice.id, text)">
            {{ (copied() === notice.id ? 'create.copied' : 'print.notice.copy') | translate }}
            <span class="visually-hidden">{{ notice.id }}</span>
          </button>
        </div>
        <textarea
          #text
          [id]="'notice-' + notice.id"
          [attr.lang]="language()"
          rows="13"
          [value]="notice.text"
          (input)="copied.set(undefined)"
        ></textarea>
        @if (byHand() === notice.id) {
          <p role="alert">{{ 'print.notice.byHand' | translate }}</p>
        }
      </div>
    }
  `,
  host: { class: 'stack gap-s' },
})
export class PatronNoticeComponent {
  readonly requests = input.required<readonly RequestView[]>();
  private readonly session = inject(SessionService);
  private readonly parser = inject(TranslateParser);
  private readonly document = inject(DOCUMENT);
  protected readonly languages = LANGUAGES;
  protected readonly language = signal<Language>(languageOf(inject(TranslateService).currentLang));
  /** Id of the request whose text was copied last, or must be copied by hand. */
  protected readonly copied = signal<string | undefined>(undefined);
  protected readonly byHand = signal<string | undefined>(undefined);
  protected readonly notices = computed(() =>
    this.requests().map((request) => ({ id: request.id, text: this.textFor(request) })),
  );

  protected copy(id: string, field: HTMLTextAreaElement): void {
    void copyText(field.value, this.document).then((isCopied) => {
      this.copied.set(isCopied ? id : undefined);
      this.byHand.set(isCopied ? undefined : id);
      if (!isCopied) field.select();
    });
  }

  /** Leaves out the lines of what is not known. */
  private textFor({ id, kind, fields, library: code }: RequestView): string {
    const { applicant = '', article = '', total = '', dueDate = '', borrowerName = '' } = fields;
    const library = this.session.libraries().find((each) => each.code === code)?.name ?? borrowerName;
    const lines: readonly (readonly [Line, string])[] = [
      ['title', titleOf(fields)],
      ['citation', citationOf(fields)],
      ['article', article],
      ['charge', Number(total) > 0 ? yen(total) : ''],
      ['due', kind === 'loan' && isDay(dueDate) ? formatDay(dueDate) : ''],
      ['number', id],
    ];
    const known = lines.filter(([, value]) => value !== '').map(([name, value]) => this.line(name, { value }));
    return [
      this.line(kind === 'copy' ? 'subjectCopy' : 'subjectLoan'),
      '',
      ...(applicant === '' ? [] : [this.line('dear', { value: applicant }), '']),
      this.line(kind === 'copy' ? 'arrivedCopy' : 'arrivedLoan'),
      '',
      ...known,
      '',
      this.line('from', { value: library }),
    ].join('\n');
  }

  /** A line in the language of the notice, which may differ from that of the page. */
  private line(name: Line, params: Readonly<Record<string, string>> = {}): string {
    const text: unknown = getValue(printMessages[this.language()], `print.notice.line.${name}`);
    return String(this.parser.interpolate(String(text), params));
  }
}
