import { Pipe, type PipeTransform } from '@angular/core';
import { formatDay } from '../../domain/ill/dates';

/** yyyyMMdd as `11-24`, or with 'full' as `2026-11-24`; '' when absent. */
@Pipe({ name: 'day', standalone: true })
export class DayPipe implements PipeTransform {
  transform(day: string | undefined, form: 'short' | 'full' = 'short'): string {
    const text = formatDay(day ?? '');
    return form === 'short' && text.length === 10 ? text.slice(5) : text;
  }
}
