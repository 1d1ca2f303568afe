import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { PostalAddress } from './postal-address';
import { SlipTextComponent } from './slip-text.component';

/** Postal code, address and name of a library; 御中 for the addressee. */
@Component({
  selector: 'app-address-block',
  standalone: true,
  imports: [SlipTextComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="zip">〒<app-slip-text [text]="address().zip" [gap]="20" /></div>
    <div class="street"><app-slip-text [text]="address().street" [gap]="60" /></div>
    <div class="name">
      <app-slip-text [text]="address().name" [gap]="45" />
      @if (isAddressee()) {
        <span class="honorific">御中</span>
      }
    </div>
    @if (address().tel; as tel) {
      <div class="tel">TEL {{ tel }}</div>
    }
  `,
  styles: `
    :host {
      display: block;
      line-height: 1.4;
    }
    .name {
      font-size: var(--name-size, 1.2em);
      font-weight: 600;
      word-break: keep-all;
    }
    .honorific {
      display: inline-block;
      margin-inline-start: 0.75em;
      white-space: nowrap;
    }
  `,
})
export class AddressBlockComponent {
  readonly address = input.required<PostalAddress>();
  readonly isAddressee = input(false);
}
