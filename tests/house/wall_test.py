#!/usr/bin/env python3
"""Shows that the wall holds: small houses drawn wrongly are refused by cmake/Modules.cmake, by the compiler or by
scripts/check_house.py, each with the sentence that it promises, and the same house drawn rightly stands."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

GROUND = '#pragma once\nnamespace balcao::ground { inline int depth() { return 1; } }\n'
MIDDLE = '#pragma once\n#include "ground/ground.hpp"\nnamespace balcao::middle { int height(); }\n'
MIDDLE_SOURCE = '#include "middle/middle.hpp"\nint balcao::middle::height() { return ground::depth(); }\n'
TOP = '#pragma once\nnamespace balcao::top { int view(); }\n'
TOP_SOURCE = '#include "top/top.hpp"\n#include "middle/middle.hpp"\nint balcao::top::view() { return middle::height(); }\n'

FILES = {
    "src/engine/ground/ground.hpp": GROUND,
    "src/middle/middle.hpp": MIDDLE,
    "src/middle/middle.cpp": MIDDLE_SOURCE,
    "src/top/top.hpp": TOP,
    "src/top/top.cpp": TOP_SOURCE,
}

SOUND = """
balcao_module(engine/ground FLOOR 1)
balcao_module(middle FLOOR 2 SEES ground)
balcao_module(top FLOOR 3 USES middle)
"""


class House:
    """A small house in a folder of its own."""

    def __init__(self, folder, modules, files=None):
        self.folder = Path(folder)
        for name, text in {**FILES, **(files or {})}.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        (self.folder / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(small LANGUAGES CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
            f"set(BALCAO_TOGETHER OFF)\ninclude({ROOT}/cmake/Modules.cmake)\n{modules}"
        )

    def run(self, *command):
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def configure(self):
        return self.run("cmake", "-S", ".", "-B", "build", "-DCMAKE_CXX_COMPILER_FORCED=ON")

    def build(self):
        return self.run("cmake", "--build", "build")

    def check(self):
        return self.run(sys.executable, str(ROOT / "scripts/check_house.py"), str(self.folder))


class TheWall(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = held.name

    def refused_by_cmake(self, modules, sentence):
        code, said = House(self.folder, modules).configure()
        self.assertNotEqual(code, 0)
        self.assertIn(sentence, said)

    def refused_by_check(self, modules, files, sentence):
        code, said = House(self.folder, modules, files).check()
        self.assertEqual(code, 1, said)
        self.assertIn(sentence, said)

    def test_a_house_as_drawn_is_built_and_passes_the_check(self):
        house = House(self.folder, SOUND)
        self.assertEqual(house.configure()[0], 0)
        code, said = house.build()
        self.assertEqual(code, 0, said)
        self.assertEqual(house.check(), (0, "3 modules stand as drawn"))

    def test_a_lean_on_a_module_listed_later_stops_configuration(self):
        self.refused_by_cmake(
            "balcao_module(engine/ground FLOOR 1 USES top)\nbalcao_module(top FLOOR 3)\n",
            "ground may not lean on top: it is not below",
        )

    def test_a_lean_on_a_higher_floor_stops_configuration(self):
        self.refused_by_cmake(
            "balcao_module(top FLOOR 3)\nbalcao_module(middle FLOOR 2 SEES top)\n",
            "middle (floor 2) may not lean on top (floor 3)",
        )

    def test_a_lean_on_the_same_floor_needs_beside(self):
        same = "balcao_module(engine/ground FLOOR 1)\nbalcao_module(middle FLOOR 1 {}SEES ground)\n"
        self.refused_by_cmake(same.format(""), "middle (floor 1) may not lean on ground (floor 1)")
        self.assertEqual(House(self.folder, same.format("BESIDE ")).configure()[0], 0)

    def test_an_empty_room_is_not_listed(self):
        self.refused_by_cmake("balcao_module(cellar FLOOR 0)\n", "there is nothing in src/cellar")

    def test_an_include_of_an_undeclared_module_does_not_compile(self):
        house = House(self.folder, SOUND.replace(" USES middle", ""))
        self.assertEqual(house.configure()[0], 0)
        code, said = house.build()
        self.assertNotEqual(code, 0)
        self.assertIn("middle/middle.hpp: No such file", said)

    def test_a_secret_of_a_module_is_not_seen_by_who_leans_on_it(self):
        house = House(self.folder, SOUND + "balcao_module(roof FLOOR 4 USES top)\n", {
            "src/roof/roof.cpp": '#include "top/top.hpp"\n#include "middle/middle.hpp"\n',
        })
        self.assertEqual(house.configure()[0], 0)
        code, said = house.build()
        self.assertNotEqual(code, 0)
        self.assertIn("middle/middle.hpp: No such file", said)

    def test_the_check_names_an_undeclared_include(self):
        self.refused_by_check(
            SOUND.replace(" USES middle", ""), {}, "src/top/top.cpp:2: top may not see middle here")

    def test_the_check_names_a_lean_that_is_not_used(self):
        self.refused_by_check(
            SOUND.replace("USES middle", "USES middle ground"), {}, "top USES ground, but no source names it")
        self.refused_by_check(SOUND.replace("USES middle", "SEES middle"), {}, "top SEES middle, but no header names it")

    def test_the_check_names_a_secret_in_a_header_that_others_include(self):
        secret = SOUND.replace("SEES ground", "USES ground")
        self.assertEqual(House(self.folder, secret.replace("top FLOOR 3 USES middle", "top FLOOR 3"), {
            "src/top/top.cpp": '#include "top/top.hpp"\n'}).check()[0], 0)
        self.refused_by_check(secret, FILES, "src/middle/middle.hpp:2: middle may not see ground here (a header that others")

    def test_the_check_names_a_relative_include(self):
        self.refused_by_check(
            SOUND, {"src/top/top.cpp": '#include "../middle/middle.hpp"\n'}, "src/top/top.cpp:1: \"../middle/middle.hpp\"")
        self.refused_by_check(SOUND, {"src/top/top.cpp": '#include "top.hpp"\n'}, 'write "top/top.hpp"')

    def test_the_check_names_a_foreign_library_outside_its_owner(self):
        self.refused_by_check(SOUND, {"src/top/top.cpp": "#include <qrencode.h>\n"}, "<qrencode.h> belongs to qr")

    def test_the_check_names_a_page_that_says_otherwise(self):
        rows = "| 1 | `src/engine/ground` | earth | |\n| 2 | `src/middle` | rooms | `ground` |\n"
        top = "| 3 | `src/top` | a view | `middle` |\n"
        self.assertEqual(House(self.folder, SOUND, {"ARCHITECTURE.md": rows + top}).check()[0], 0)
        self.refused_by_check(SOUND, {"ARCHITECTURE.md": rows}, "src/top is drawn otherwise")
        self.refused_by_check(
            SOUND, {"ARCHITECTURE.md": rows + top.replace("middle", "ground")}, "src/top is drawn otherwise")

    def test_the_check_names_a_long_file_and_an_unlisted_room(self):
        self.refused_by_check(SOUND, {"src/top/top.hpp": "\n" * 501}, "src/top/top.hpp: 501 lines, the budget is 500")
        self.refused_by_check(SOUND, {"src/attic/attic.hpp": ""}, "src/attic: not listed")


if __name__ == "__main__":
    unittest.main()
