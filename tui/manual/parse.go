package manual

import (
	"errors"
	"fmt"
	"strings"

	"taizhang/model"
)

// The source is a small part of Markdown. A chapter begins with its title (# 月末) and may
// have a line of other words for it (找: 报送 导出). ## begins a part; - and 1. an entry of
// a list; | a row of a table, the first of which is its head; three backquotes hold lines
// to type; ![what it shows](name) is a picture. Lines that follow each other are one
// paragraph, and a blank line ends it.
var (
	pictureLine = model.NewPattern(`^!\[(.+)\]\(([a-z0-9-]+)\)$`)
	entryLine   = model.NewPattern(`^(-|\d+\.) (.+)$`)
)

const (
	fence    = "```"
	wordMark = "找:"
)

// parser holds the chapter as far as it has been read.
type parser struct {
	c    Chapter
	open bool // the last block goes on
	code bool // between fences
}

func parse(text string) (Chapter, error) {
	p := &parser{}
	for i, line := range strings.Split(text, "\n") {
		if err := p.line(strings.TrimRight(line, " \r")); err != nil {
			return p.c, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	switch {
	case p.c.Title == "":
		return p.c, errors.New("the title is missing")
	case p.code:
		return p.c, errors.New("the lines to type have no end")
	}
	return p.c, nil
}

func (p *parser) add(b Block) {
	if len(p.c.Parts) == 0 {
		p.c.Parts = append(p.c.Parts, Part{})
	}
	last := &p.c.Parts[len(p.c.Parts)-1]
	last.Blocks = append(last.Blocks, b)
}

// last gives the block that a line goes on with; nil where a new one begins.
func (p *parser) last() *Block {
	if !p.open || len(p.c.Parts) == 0 {
		return nil
	}
	blocks := p.c.Parts[len(p.c.Parts)-1].Blocks
	if len(blocks) == 0 {
		return nil
	}
	return &blocks[len(blocks)-1]
}

func (p *parser) line(line string) error {
	title, isTitle := strings.CutPrefix(line, "# ")
	part, isPart := strings.CutPrefix(line, "## ")
	words, isWords := strings.CutPrefix(line, wordMark)
	switch {
	case line == fence:
		if p.code = !p.code; p.code {
			p.add(Block{})
		}
		p.open = p.code
	case p.code:
		b := p.last()
		b.Code = append(b.Code, line)
	case line == "":
		p.open = false
	case isTitle && p.c.Title == "":
		p.c.Title = title
	case isWords && len(p.c.Parts) == 0:
		p.c.Words = strings.TrimSpace(words)
	case isPart:
		p.c.Parts = append(p.c.Parts, Part{Title: part})
		p.open = false
	default:
		return p.body(line)
	}
	return nil
}

// body reads a line of a paragraph, a list, a table or a picture.
func (p *parser) body(line string) error {
	if m := pictureLine.FindStringSubmatch(line); m != nil {
		p.add(Block{Text: m[1], Picture: picture(m[2])})
		p.open = false
		return nil
	}
	if m := entryLine.FindStringSubmatch(line); m != nil {
		p.add(Block{Mark: m[1], Text: m[2]})
		p.open = true
		return nil
	}
	if strings.HasPrefix(line, "|") {
		return p.row(line)
	}
	if b := p.last(); b != nil && b.Rows == nil {
		b.Text += strings.TrimSpace(line)
		return nil
	}
	p.add(Block{Text: strings.TrimSpace(line)})
	p.open = true
	return nil
}

// row reads a row of a table; the line below the head only says that there is one.
func (p *parser) row(line string) error {
	line = strings.TrimSpace(line)
	if strings.Trim(line, "|- ") == "" {
		return nil
	}
	cells := strings.Split(strings.Trim(line, "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	b := p.last()
	if b == nil || b.Rows == nil {
		p.add(Block{Rows: [][]string{cells}})
		p.open = true
		return nil
	}
	if len(cells) != len(b.Rows[0]) {
		return fmt.Errorf("a row of %d cells in a table of %d", len(cells), len(b.Rows[0]))
	}
	b.Rows = append(b.Rows, cells)
	return nil
}
