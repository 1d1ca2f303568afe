import { ChangeDetectionStrategy, Component, computed, inject, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import type { Observable } from 'rxjs';
import memberMessages from '../../i18n/member.json';
import membersMessages from '../../i18n/members.json';
import { SERVICE_VALUES, type EditableMemberField, type ServiceName } from '../../domain/ill/own-record';
import { PageMessages } from '../core/page-messages';
import { AlertDirective } from '../ui/alert.directive';
import { AskingComponent } from '../ui/asking.component';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { FieldErrorComponent } from '../ui/field-error.component';
import { LibraryChoiceComponent } from '../ui/library-choice.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { QuestionDialogComponent } from '../ui/question-dialog.component';
import { SaveFormComponent } from '../ui/save-form.component';
import { OwnRecordStore } from './own-record.store';

/** The fields of the form, by their groups. */
const GROUPS: readonly { readonly name: string; readonly fields: readonly EditableMemberField[] }[] = [
  {
    name: 'services',
    fields: ['service', 'copyService', 'copyVia', 'loanService', 'loanVia', 'faxService', 'loanPeriod'],
  },
  { name: 'contact', fields: ['illDepartment', 'illStaff', 'tel', 'fax', 'email', 'zip', 'address'] },
  { name: 'policy', fields: ['policies'] },
];
const WINDOW_OF = { copyVia: 'copyService', loanVia: 'loanService' } as const;

/** The library's own ILL record in NACSIS-ILL. Managers edit it; all others may read. */
@Component({
  standalone: true,
  imports: [
    AlertDirective,
    AskingComponent,
    ErrorMessageComponent,
    FieldErrorComponent,
    LibraryChoiceComponent,
    PageHeaderComponent,
    QuestionDialogComponent,
    RouterLink,
    SaveFormComponent,
    TranslatePipe,
  ],
  providers: [OwnRecordStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './own-record.page.html',
  styles: `
    :host {
      max-width: 40rem;
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
      gap: 0.5rem 0.75rem;
      align-items: start;
    }
    .wide {
      grid-column: 1 / -1;
    }
  `,
  host: { 'class': 'stack', '(window:beforeunload)': 'askBeforeUnload($event)' },
})
export class OwnRecordPage {
  protected readonly store = inject(OwnRecordStore);
  private readonly leaving = viewChild.required<QuestionDialogComponent>('leaving');

  protected readonly groups = computed(() => {
    const [values, faults] = [this.store.values(), this.store.faults()];
    if (values === undefined) return [];
    return GROUPS.map(({ name, fields }) => ({
      name,
      fields: fields
        .filter((field) => !(field in WINDOW_OF) || values[WINDOW_OF[field as keyof typeof WINDOW_OF]] === 'C')
        .map((field) => ({
          name: field,
          form: formOf(field),
          value: field === 'policies' ? (this.store.policyText() ?? values.policies.join('\n')) : values[field],
          options: field in SERVICE_VALUES ? SERVICE_VALUES[field as ServiceName] : [],
          // A line of the policy is named by its number.
          faults: faults.filter((fault) => fault.field === field || fault.field.startsWith(`${field}[`)),
          isConflict: this.store.conflicts().includes(field),
        })),
    }));
  });
  protected readonly hasFaults = computed(() => this.store.faults().length > 0);
  constructor() {
    inject(PageMessages).add(memberMessages, membersMessages);
  }

  protected text(name: EditableMemberField, event: Event): void {
    const { value } = event.target as HTMLInputElement;
    if (name === 'policies') this.store.typePolicies(value);
    else this.store.type({ [name]: value });
  }

  protected present(name: EditableMemberField): string {
    const value = this.store.member()?.[name] ?? '';
    return typeof value === 'string' ? value : value.join(' / ');
  }

  /** Asks before unsaved changes are discarded. */
  mayLeave(): Observable<boolean> | boolean {
    return this.store.isChanged() ? this.leaving().ask() : true;
  }

  protected askBeforeUnload(event: BeforeUnloadEvent): void {
    if (this.store.isChanged()) event.preventDefault();
  }
}

function formOf(field: EditableMemberField): 'flag' | 'lines' | 'text' {
  if (field in SERVICE_VALUES) return 'flag';
  return field === 'policies' ? 'lines' : 'text';
}
