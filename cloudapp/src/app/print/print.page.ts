import { ChangeDetectionStrategy, Component } from '@angular/core';

/** Slips and labels. */
@Component({
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '',
})
export class PrintPage {}
