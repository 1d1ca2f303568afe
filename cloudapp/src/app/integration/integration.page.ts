import { ChangeDetectionStrategy, Component } from '@angular/core';

@Component({
  selector: 'nacsis-integration-page',
  standalone: true,
  template: '',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IntegrationPage {}
