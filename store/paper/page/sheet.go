package page

// Sheet is one tab of a workbook: a title, a line below it, and blocks one under the
// other.
type Sheet struct {
	Name      string // of the tab, at most 31 characters
	Title     string
	Left      string // the line below the title: 填报单位
	Middle    string // 单位:元
	Right     string // the day
	Landscape bool
	Blocks    []Block
	// Inside marks a paper on which whole numbers stand: 内部资料 in the footer.
	Inside bool
	// TitleSize is the title's size in points; 0 is 18.
	TitleSize float64
}

// Block is a part of a sheet: *Table, *Form, Lines, Cut or Break.
type Block interface {
	rows(p *paper) []Row
}

// Lines are lines of text over the whole width: notes, the signature line.
type Lines struct {
	Text  []string
	Align Align
	Size  float64 // points; 0 is the sheet's
	Bold  bool
	Space float64 // points left above
	Keep  bool    // stand on the page of what is above, as signatures do
}

// Cut is a dashed line to cut along, with a word in it.
type Cut struct{ Text string }

// Break begins a new page.
type Break struct{}

// Align is where a text stands in its cell.
type Align int

// The alignments; Auto is left for text, right for numbers and middle for dates.
const (
	Auto Align = iota
	LeftAlign
	Centre
	RightAlign
)

// Look is how a cell looks.
type Look struct {
	Size   float64 // points
	Bold   bool
	Align  Align
	Top    bool // text at the upper edge instead of the middle
	Box    bool // a border around
	Dashed bool // a dashed line above
	Shade  bool
	Format Format
}

// Format is how a value is written in a cell.
type Format int

// The formats. Numbers are int64 or float64, dates time.Time.
const (
	Text    Format = iota // ID numbers and phones too
	Number                // 1234
	Money                 // 1,234.50, yuan
	Date                  // 2026-11-28
	Month                 // 2026.11
	Percent               // 0.8 as 80.0%
	Signed                // 3 as +3, -3 as -3
	Points                // percentage points: 3.1 as +3.1
)

// Row is one row of the laid-out page.
type Row struct {
	Height float64 // points; 0 until it was measured
	Min    float64 // points
	Cells  []Cell
	Repeat bool // stands at the head of every page
	Break  bool // a new page begins with it
	Keep   bool // no page begins with it
	close  bool // as low as its lines allow
}

// Cell is placed by millimetres from the left margin.
type Cell struct {
	From, To float64
	Down     int // rows that it reaches over; 0 is 1
	Value    any // string, int64, float64, time.Time or nil
	Sum      *Sum
	Look     Look
	again    bool // told again at the head of the next page, where it reaches so far
}

// Sum is a formula: the sum of the column's cells in so many rows above the cell's own,
// of which Value holds the result.
type Sum struct{ Above int }

// Page is a sheet laid out.
type Page struct {
	Name      string
	Landscape bool
	Width     float64 // millimetres that the rows take
	Rows      []Row
	Edges     []float64 // where columns begin and end, millimetres, from 0 to Width
	Breaks    []float64 // where a page of columns ends, for what is too wide
	Fixed     float64   // columns up to here are repeated on such pages
	Still     float64   // columns up to here stay where they are when a screen moves sideways
	Inside    bool
	paged     bool // pages are ended between rows here, not by the spreadsheet
}

// paper is the sheet of paper that is being written on.
type paper struct {
	width float64 // usable, millimetres
	size  float64 // of the body, points
	page  *Page
}

// A4 and its margins, in millimetres; the width is kept a little below what there is,
// since programs measure columns in pixels.
const (
	a4Short, a4Long = 210.0, 297.0
	marginSide      = 12.0
	marginTop       = 14.0
	marginFoot      = 16.0
	safety          = 0.985
	// BodySize is the usual size of what is written, MinSize the least, in points.
	BodySize = 10.5
	MinSize  = 9.0
)

// Lay lays a sheet out.
func Lay(s Sheet) *Page {
	page := &Page{Name: s.Name, Landscape: s.Landscape, Inside: s.Inside}
	p := &paper{width: (a4Short - 2*marginSide) * safety, size: BodySize, page: page}
	if s.Landscape {
		p.width = (a4Long - 2*marginSide) * safety
	}
	var body []Row
	for _, b := range s.Blocks {
		body = append(body, b.rows(p)...)
	}
	if page.Width == 0 {
		page.Width = p.width
	}
	page.Rows = append(p.head(&s), body...)
	page.clearFixed()
	page.snap()
	page.measure()
	page.paginate()
	return page
}

func (l Lines) rows(p *paper) []Row {
	size := l.Size
	if size == 0 {
		size = p.size
	}
	var rows []Row
	for i, text := range l.Text {
		r := Row{Min: size * 1.6, Cells: []Cell{{To: p.width, Value: text, Look: Look{Size: size, Bold: l.Bold, Align: l.Align}}}}
		r.Keep, p.page.paged = l.Keep, p.page.paged || l.Keep
		if i == 0 && l.Space > 0 {
			rows = append(rows, Row{Height: l.Space, Keep: l.Keep})
		}
		rows = append(rows, r)
	}
	return rows
}

func (c Cut) rows(p *paper) []Row {
	return []Row{{Height: 16}, {Height: 16, Cells: []Cell{{To: p.width, Value: c.Text, Look: Look{Size: MinSize, Align: Centre, Dashed: true}}}}}
}

func (Break) rows(*paper) []Row { return []Row{{Height: 1, Break: true}} }
