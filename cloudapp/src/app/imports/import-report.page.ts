import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'nacsis-import-report-page',
  standalone: true,
  template: '',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportReportPage {}
