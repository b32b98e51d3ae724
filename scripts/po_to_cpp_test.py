#!/usr/bin/env python3
"""A catalogue that is not complete does not get into the program: tests of po_to_cpp.py. Run by ctest."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).with_name("po_to_cpp.py")
GOOD = 'msgid "Wait of {name}"\nmsgstr "Espera de {name}"\n'
PLURAL = 'msgid "one day"\nmsgid_plural "{count} days"\nmsgstr[0] "um dia"\nmsgstr[1] "{count} dias"\n'


class Catalogues(unittest.TestCase):
    def run_on(self, pt, en=GOOD, es=GOOD):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for language, text in (("pt", pt), ("en", en), ("es", es)):
                paths.append(Path(folder) / f"{language}.po")
                paths[-1].write_text(text, encoding="utf-8")
            out = Path(folder) / "out.cpp"
            done = subprocess.run([sys.executable, SCRIPT, out, *paths], capture_output=True, text=True, check=False)
            made = out.read_text(encoding="utf-8") if out.exists() else None
            return done.returncode, done.stderr, made

    def refused(self, why, *texts):
        status, said, made = self.run_on(*texts)
        self.assertEqual((status, made), (1, None))
        self.assertIn(why, said)

    def test_complete_catalogues_become_a_table_in_order(self):
        text = GOOD + 'msgid "A \\"b\\""\nmsgstr ""\n"two "\n"lines\\n"\n'
        status, said, made = self.run_on(text, text, text)
        self.assertEqual((status, said), (0, ""))
        self.assertLess(made.index('"A \\"b\\""'), made.index("Wait of"))
        self.assertIn('"two lines\\n"', made)

    def test_a_header_is_not_a_text(self):
        self.assertIn("<Message, 1>", self.run_on('msgid ""\nmsgstr ""\n"Language: pt\\n"\n\n' + GOOD)[2])

    def test_the_form_for_one_may_do_without_the_number(self):
        self.assertEqual(self.run_on(PLURAL, PLURAL, PLURAL)[0], 0)

    def test_a_text_without_translation_is_refused(self):
        self.refused("pt.po:1: not translated: 'Wait of {name}'", GOOD.replace("Espera de {name}", ""))

    def test_a_text_missing_in_one_language_is_refused(self):
        self.refused("es.po: missing: 'More'", GOOD + 'msgid "More"\nmsgstr "Mais"\n', GOOD + 'msgid "More"\nmsgstr "More"\n')

    def test_another_name_to_fill_in_is_refused(self):
        self.refused("fills in ['nome'], the English text ['name']", GOOD.replace("de {name}", "de {nome}"))

    def test_a_plural_without_its_second_form_is_refused(self):
        cut = PLURAL.replace('msgstr[1] "{count} dias"\n', "")
        self.refused("pt.po:1: not translated: '{count} days'", cut, PLURAL, PLURAL)

    def test_a_plural_in_one_language_only_is_refused(self):
        self.refused("another plural", PLURAL, PLURAL, 'msgid "one day"\nmsgstr "un día"\n')

    def test_a_text_that_stands_twice_is_refused(self):
        self.refused("pt.po:3: twice: 'Wait of {name}', first in line 1", GOOD + GOOD)

    def test_a_fuzzy_translation_is_refused(self):
        self.refused("marked fuzzy", "#, fuzzy\n" + GOOD)

    def test_a_line_that_is_no_catalogue_is_refused(self):
        self.refused("pt.po:3: not understood", GOOD + "msgid without quotes\n")


if __name__ == "__main__":
    unittest.main()
