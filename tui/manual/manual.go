// Package manual is the manual of the program (使用手册): its chapters, a file each under
// chapter, with pictures of the screens, which a test draws anew from the running program.
// It is read on the screen, printed by the command, and written to one file.
package manual

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"taizhang/model"
)

// Title is what the manual is called.
const Title = "台账使用手册"

//go:embed chapter/*.md picture/*.ansi
var files embed.FS

// Chapter is one chapter of the manual.
type Chapter struct {
	Key   string // the file's name without number and ending: month-end
	Title string // 月末
	Words string // what else it is found by, with spaces between
	Parts []Part
}

// Part is a stretch of a chapter under one heading; the first has none.
type Part struct {
	Title  string
	Blocks []Block
}

// Block is a paragraph, an entry of a list, a table, lines to type or a picture.
type Block struct {
	Text string // of a paragraph or an entry
	Mark string // before an entry: - or 1.
	Rows [][]string
	Code []string // as they are typed
	// Picture is a screen as it is drawn, with styles as escape sequences; Text says what
	// it shows.
	Picture []string
}

// load reads the chapters once. A chapter that can't be read is a fault of the build: the
// files are inside the program, and a test reads them all.
var load = sync.OnceValue(func() []Chapter {
	names, err := fs.Glob(files, "chapter/*.md")
	if err != nil {
		panic(fmt.Sprintf("manual: %v", err))
	}
	slices.Sort(names)
	all := make([]Chapter, 0, len(names))
	for _, name := range names {
		c, err := read(name)
		if err != nil {
			panic(fmt.Sprintf("manual: %s: %v", name, err))
		}
		all = append(all, c)
	}
	return all
})

// Chapters gives the chapters in their order.
func Chapters() []Chapter { return load() }

func read(name string) (Chapter, error) {
	text, err := files.ReadFile(name)
	if err != nil {
		return Chapter{}, err
	}
	_, key, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".md"), "-")
	c, err := parse(string(text))
	c.Key = key
	return c, err
}

// picture gives the rows of a picture.
func picture(name string) []string {
	text, err := files.ReadFile("picture/" + name + ".ansi")
	if err != nil {
		return []string{"(" + name + ")"} // not drawn yet: TestPictures does, and misses it
	}
	return strings.Split(strings.TrimRight(string(text), "\n"), "\n")
}

// Find gives the chapter that is meant by a title, a part of it, its pinyin or another
// word for it. *model.Error E-USAGE names those that there are.
func Find(name string) (Chapter, error) {
	sought := model.Seek(name)
	best, rank := -1, model.NoRank
	for i, c := range Chapters() {
		if c.Key == name || c.Title == name {
			return c, nil
		}
		words := strings.Fields(c.Words)
		if n := sought.Rank(model.WithMore(model.SearchText(c.Title), words...)); n != model.NoRank && (rank == model.NoRank || n < rank) {
			best, rank = i, n
		}
	}
	if best >= 0 && !sought.All() {
		return Chapters()[best], nil
	}
	titles := make([]string, 0, len(Chapters()))
	for _, c := range Chapters() {
		titles = append(titles, c.Title)
	}
	return Chapter{}, model.Errorf("E-USAGE", "手册里没有“%s”这一章;有这些:%s", model.Clean(name, false), strings.Join(titles, "、"))
}
