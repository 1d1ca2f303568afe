import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Holding } from '../../domain/catalog/catalog';
import { ESTABLISHERS, INSTITUTION_TYPES, REGIONS } from '../../domain/ill/codes';
import type { FieldLine } from '../ui/field-line';
import { FieldListComponent } from '../ui/field-list.component';

/** Full details of a holding and its library: services, address, telephone, and the library's own remarks. */
@Component({
  selector: 'app-member-details',
  standalone: true,
  imports: [FieldListComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<app-field-list [lines]="lines()" />',
  styles:
    ':host { display: block; margin: 0.25rem 0; padding: 0.25rem 0.5rem; border-radius: 4px; background: var(--sys-surface-container); font-size: 0.929rem; }',
})
export class MemberDetailsComponent {
  readonly holding = input.required<Holding>();

  protected readonly lines = computed<readonly FieldLine[]>(() => {
    const { holding } = { holding: this.holding() };
    return [...holdingLines(holding), ...memberLines(holding)].filter(
      ({ value, code }) => code !== undefined || (value !== undefined && value !== ''),
    );
  });
}

function holdingLines({ memberId, location, years, volumeRange, callNumber, volumes }: Holding): readonly FieldLine[] {
  const parts = volumes.map(({ volume, callNumber: call, registrationNumber }) =>
    [volume, call, registrationNumber].filter(Boolean).join(' '),
  );
  return [
    { label: 'holdings.memberId', value: memberId },
    { label: 'holdings.location', value: location },
    { label: 'holdings.extent', value: [volumeRange, years].filter(Boolean).join(' / ') || parts.join('、') },
    { label: 'holdings.callNumber', value: callNumber },
  ];
}

function memberLines({ member }: Holding): readonly FieldLine[] {
  if (member === undefined) return [];
  const flag = (label: string, value: string): FieldLine => ({ label, code: `code.service-flag.${value}` });
  const known = (codes: readonly { readonly id: string }[], value: string | undefined): boolean =>
    codes.some(({ id }) => id === value);
  return [
    { label: 'holdings.name', value: member.name },
    { label: 'holdings.nameReading', value: member.nameReading },
    { label: 'holdings.abbreviation', value: member.abbreviation },
    { label: 'holdings.abbreviationReading', value: member.abbreviationReading },
    known(REGIONS, member.region)
      ? { label: 'holdings.region', code: `code.region.${member.region ?? ''}` }
      : { label: 'holdings.region', value: member.region },
    { label: 'holdings.participates', code: member.participates ? 'holdings.offsetYes' : 'holdings.offsetNo' },
    ...(member.cataloguing === undefined
      ? []
      : [
          {
            label: 'holdings.cataloguing',
            code: member.cataloguing === 'A' ? 'holdings.offsetYes' : 'holdings.offsetNo',
          },
        ]),
    flag('holdings.service', member.service),
    flag('holdings.copyService', member.copyService),
    { label: 'holdings.copyVia', value: member.copyVia },
    flag('holdings.loanService', member.loanService),
    { label: 'holdings.loanVia', value: member.loanVia },
    flag('holdings.faxService', member.faxService),
    { label: 'holdings.loanPeriod', value: member.loanPeriod },
    { label: 'holdings.offset', code: member.offset ? 'holdings.offsetYes' : 'holdings.offsetNo' },
    ...(known(ESTABLISHERS, member.establisher)
      ? [{ label: 'holdings.establisher', code: `code.establisher.${member.establisher ?? ''}` }]
      : []),
    ...(known(INSTITUTION_TYPES, member.institutionType)
      ? [{ label: 'holdings.institutionType', code: `code.institution-type.${member.institutionType ?? ''}` }]
      : []),
    { label: 'holdings.contact', value: [member.illDepartment, member.illStaff].filter(Boolean).join(' ') },
    {
      label: 'holdings.tel',
      value: phones([member.tel, member.extension && `(${member.extension})`].filter(Boolean).join(' '), member.fax),
    },
    { label: 'holdings.email', value: member.email },
    { label: 'holdings.address', value: [member.zip && `〒${member.zip}`, member.address].filter(Boolean).join(' ') },
    {
      label: 'holdings.catContact',
      value: [member.catDepartment, phones(member.catTel, member.catFax)].filter(Boolean).join(' '),
    },
    {
      label: 'holdings.systemContact',
      value: [member.systemDepartment, phones(member.systemTel, member.systemFax)].filter(Boolean).join(' '),
    },
    { label: 'holdings.locations', value: member.locations.join('、') },
    ...member.policies.map((value) => ({ label: 'holdings.policy', value })),
  ];
}

/** Telephone and fax on one line. */
function phones(tel: string | undefined, fax: string | undefined): string {
  return [tel, fax && `FAX ${fax}`].filter(Boolean).join(' / ');
}
