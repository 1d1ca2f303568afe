import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { PrinterService } from './printer.service';

describe('PrinterService', () => {
  function print(how: () => void): boolean | undefined {
    spyOn(window, 'print').and.callFake(how);
    let began: boolean | undefined;
    TestBed.inject(PrinterService)
      .print()
      .subscribe({ next: (answer) => (began = answer) });
    tick(1000);
    return began;
  }

  it('tells that the browser prints', fakeAsync(() => {
    expect(print(() => window.dispatchEvent(new Event('beforeprint')))).toBeTrue();
  }));

  it('tells that the call was ignored', fakeAsync(() => {
    expect(print(() => undefined)).toBeFalse();
  }));
});
