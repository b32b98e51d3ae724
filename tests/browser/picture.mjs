// Pictures of the pages for whoever looks at them. To draw a long page whole takes longer than all that is checked on it,
// so they are taken when asked for: BALCAO_PICTURES=1 ctest --preset dev -L browser
import {join} from "node:path";

export async function picture(page, folder, name, options = {fullPage: true}) {
  if (!process.env.BALCAO_PICTURES) return;
  await page.screenshot({path: join(folder, `${name.replaceAll(" ", "-")}.png`), ...options});
}
