import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Member } from '../../domain/catalog/catalog';
import { GatewayClient } from '../core/gateway.client';
import { remoteQuery } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import type { FieldLine } from '../ui/field-line';
import { FieldListComponent } from '../ui/field-list.component';

/** Contact data of a library, read from its member record when opened. */
@Component({
  selector: 'app-partner-contact',
  standalone: true,
  imports: [ErrorMessageComponent, FieldListComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details (toggle)="isOpen.set($any($event.target).open)" data-testid="partner-contact">
      <summary>☎ {{ 'request.contact' | translate }}</summary>
      @if (error(); as failure) {
        <app-error-message [error]="failure" [canRetry]="true" (again)="again()" />
      }
      @if (lines(); as known) {
        <app-field-list [lines]="known" />
      } @else if (!error()) {
        <p class="muted" role="status">{{ 'request.contactLoading' | translate }}</p>
      }
    </details>
  `,
})
export class PartnerContactComponent {
  /** Code of the own library. */
  readonly library = input.required<string>();
  readonly memberId = input.required<string>();
  protected readonly isOpen = signal(false);
  private readonly gateway = inject(GatewayClient);
  private readonly query = remoteQuery(
    computed(() => (this.isOpen() ? { library: this.library(), memberId: this.memberId() } : undefined)),
    ({ library, memberId }) => this.gateway.member(library, memberId),
  );
  protected readonly error = this.query.error;
  protected readonly lines = computed(() => {
    const member = this.query.value();
    return member === undefined ? undefined : linesOf(member);
  });

  protected again(): void {
    this.query.reload();
  }
}

function linesOf(member: Member): readonly FieldLine[] {
  const lines: readonly FieldLine[] = [
    { label: 'holdings.name', value: member.name },
    { label: 'holdings.contact', value: [member.illDepartment, member.illStaff].filter(Boolean).join(' ') },
    { label: 'holdings.tel', value: member.tel },
    { label: 'request.fax', value: member.fax },
    { label: 'holdings.email', value: member.email },
    { label: 'holdings.address', value: [member.zip && `〒${member.zip}`, member.address].filter(Boolean).join(' ') },
  ];
  return lines.filter(({ value }) => value !== undefined && value !== '');
}
