package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// walls says what the packages of a folder may import of ours: the layout that README.md
// describes. A name ending in … stands for a
// folder and all below it that have no line of their own.
var walls = map[string][]string{
	"model":                          {},
	"model/party/membership":         {"model"},
	"model/party/vote":               {"model"},
	"model/party/packs":              {"model"},
	"model/party/admission":          {"model", "model/party/membership", "model/party/vote"},
	"model/party":                    {"model", "model/party/admission", "model/party/membership", "model/party/vote"},
	"model/party/internal/partytest": {"model", "model/party…"},
	"store/internal/breaking":        {"store/internal/disk", "store/internal/raw"},
	"store/internal/disk":            {"model"},
	"store/internal/raw":             {"model"},
	"store/disktest":                 {"store/internal/disk"},
	"store/internal/guard":           {"model", "store/internal/carve", "store/internal/disk", "store/internal/raw"},
	"store/internal/found":           {"model", "store/internal/raw"},
	"store/internal/storetest":       {"model", "store", "store/internal/raw"},
	"store/internal/whole":           {"model", "store/internal/raw"},
	"store":                          {"model", "store/internal/disk", "store/internal/found", "store/internal/guard", "store/internal/raw", "store/internal/whole"},
	"store/bundle":                   {"model", "store/internal/cost"},
	"store/sheet":                    {"model", "store", "store/internal/disk"},
	"store/count":                    {"model", "model/party…", "store", "store/internal/raw"},
	"store/count/figures":            {"store/count"},
	"store/clear":                    {"model", "store", "store/copies", "store/internal/disk", "store/internal/raw"},
	"store/copies":                   {"model", "store", "store/keybox", "store/send", "store/internal…"},
	"store/dossier":                  {"model", "store", "store/internal/raw"},
	"store/send":                     {"model", "model/party…", "store", "store/bundle", "store/count", "store/internal…"},
	"store/inbox":                    {"model", "store", "store/bundle", "store/copies", "store/internal…", "store/quota", "store/send"},
	"store/quota":                    {"model", "model/party…", "store", "store/bundle", "store/internal/raw"},
	"store/habit":                    {"store", "store/internal/disk"},
	"store/practice":                 {"model", "store", "store/book", "store/demo", "store/internal/disk", "store/internal/raw"},
	"store/book":                     {"model", "model/party…", "store", "store/bundle", "store/clear", "store/count", "store/send"},
	"store/paper":                    {"model", "model/party…", "store", "store/count…", "store/paper/page", "store/paper/yearbook", "store/quota", "store/send", "store/sheet"},
	"store/paper/yearbook":           {"model", "model/party…", "store/count", "store/paper/page"},
	"store/county":                   {"model", "model/party…", "store", "store/book", "store/bundle", "store/clear", "store/compare", "store/count", "store/inbox", "store/internal…", "store/office", "store/paper/page", "store/send", "store/sheet"},
	"store/county/rescue":            {"model", "store", "store/bundle", "store/county", "store/internal/raw", "store/send"},
	"store/county/stick":             {"model", "store", "store/bundle", "store/county"},
	"store/internal/carve":           {},
	"store/internal/cost":            {},
	"store/repair":                   {"model", "store", "store/bundle", "store/copies", "store/internal…", "store/send", "store/sheet"},
	"store/kit":                      {"model", "store", "store/book", "store/bundle", "store/county", "store/paper/page", "store/send", "store/internal…"},
	"store/extract":                  {"model", "store", "store/count", "store/county", "store/kit", "store/send", "store/internal…"},
	"store/paper/fill":               {"model", "model/party…", "store", "store/sheet"},
	"store/paper/page":               {"model", "store", "store/sheet"},
	"store/compare":                  {"model", "model/party…", "store", "store/paper/page", "store/sheet"},
	"store/keybox":                   {"model", "store/internal/cost"},
	"store/vault":                    {"model", "store", "store/book", "store/bundle", "store/copies", "store/keybox", "store/send", "store/transfer", "store/internal…"},
	"store/demo…":                    {"model", "model/party…", "store…"},
	"store/demo/truth":               {"model", "model/party…", "store/count", "store/count/figures"},
	"store/doctor":                   {"model", "store", "store/book", "store/copies", "store/send", "store/vault", "store/internal/disk"},
	"store/publish":                  {"model", "store", "store/bundle", "store/count", "store/county", "store/office", "store/sums"},
	"store/publish/pgtest":           {},
	"store/sums":                     {"model", "model/party/membership", "store", "store/bundle", "store/count", "store/send"},
	"store/transfer":                 {"model", "model/party/membership", "store", "store/internal/cost", "store/internal/disk"},
	"store/office":                   {"model", "store", "store/bundle", "store/count", "store/internal/raw"},
	"tui/console":                    {"model"},
	"tui/ui":                         {"model", "store", "store/bundle"},
	"tui/form/widget":                {"model", "model/party…", "store", "tui/ui"},
	"tui/many":                       {"model", "store", "tui/ui"},
	"tui/table":                      {"model", "model/party…", "store", "store/copies", "store/sheet", "tui/many", "tui/ui"},
	"tui/tuitest":                    {},
	"tui/form":                       {"model", "model/party…", "store", "store/sheet", "tui/form/widget", "tui/ui"},
	"tui…":                           {"model…", "store", "store/book", "store/bundle", "store/clear", "store/compare", "store/copies", "store/county…", "store/count…", "store/demo", "store/dossier", "store/extract", "store/habit", "store/inbox", "store/keybox", "store/kit", "store/office", "store/paper…", "store/practice", "store/repair", "store/send", "store/sheet", "store/sums", "store/transfer", "store/vault", "tui…"},
	"cmd/release":                    {"cmd/release/icon", "cmd/release/winres"},
	"cmd/release/icon":               {},
	"cmd/release/winres":             {"cmd/release/icon"},
	"tui/manual":                     {"model", "tui/ui"},
	"cmd/taizhang-publish":           {"model", "store", "store/book", "store/publish", "store/vault"},
	"cmd/taizhang":                   {"model…", "store…", "tui…"}, // but for store/publish: TestNoDatabaseDriver
}

// breakingRoom breaks what ledgers stand on: only files of tests may reach it.
const breakingRoom = "store/internal/breaking"

// TestWalls: imports go cmd → tui → store → model, and between the rooms as they are drawn.
func TestWalls(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(file, root+string(filepath.Separator)))
		if d.IsDir() {
			if d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && file != root {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		room := path.Dir(rel)
		may, wall := wallOf(room)
		if wall == "" {
			t.Errorf("%s stands in no room of the plan", rel)
			return nil
		}
		seen[wall] = true
		for _, imported := range ourImports(t, file) {
			if imported == breakingRoom {
				t.Errorf("%s imports %s, which is for tests alone", rel, imported)
			}
			if !slices.ContainsFunc(may, func(m string) bool { return matches(m, imported) }) {
				t.Errorf("%s imports %s; a file of %s may import %q", rel, imported, wall, may)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for wall := range walls {
		if !seen[wall] {
			t.Errorf("the plan has a room %s that is not there", wall)
		}
	}
}

// wallOf gives the longest line of the plan that speaks of a room.
func wallOf(room string) (may []string, wall string) {
	for name, list := range walls {
		if matches(name, room) && (wall == "" || name == room || wall != room && len(name) > len(wall)) {
			may, wall = list, name
		}
	}
	return may, wall
}

func matches(pattern, room string) bool {
	above, all := strings.CutSuffix(pattern, "…")
	return room == above || all && strings.HasPrefix(room, above+"/")
}

func ourImports(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, i := range f.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if ours, ok := strings.CutPrefix(name, "taizhang/"); ok {
			all = append(all, ours)
		}
	}
	return all
}
