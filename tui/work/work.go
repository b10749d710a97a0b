// Package work is 工作台, the lowest screen, with what it leads to: what is due, and the
// drafts to go on from.
package work

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/clear"
	"taizhang/store/count"
	"taizhang/store/send"
	"taizhang/tui/check"
	"taizhang/tui/summary"
	"taizhang/tui/ui"
)

// work is 工作台, the lowest screen: the month's state, what is due, drafts to go on from, what
// the rules find, and how many people of each sort there are.
type work struct {
	app    *ui.App
	left   ui.Chooser // what is to do
	right  ui.Chooser // the people
	inLeft bool
	w, h   int

	dirty  bool // records changed since the figures were read
	run    int  // counts the readings, so that an old one's answer is dropped
	counts []viewCount
	sent   []send.Sent
	drafts []store.Draft
	tally  *check.Tally // nil while the check runs
	later  bool         // it runs only when it is asked for
	due    []model.DueLine
	looked bool // what is due has been looked for
	recent []store.Touched
	goals  []summary.Goal
	sums   *sumsRead // of an office above counties, nil while they are not known
	chose  bool      // the person has moved in the right pane

	clock   string // what is to be said of the computer's date, "" for nothing
	onPaper int    // how many duties were settled as done on paper
	toClear int    // of how many what is private may be cleared away

	backups *backupsRead // nil where they are not made by themselves, or not read yet

	county *countyState // of a county, nil while it is not known
}

var _ ui.Screen = (*work)(nil)

// peopleKind is the kind whose views the work table counts.
const peopleKind = membership.PersonKind

// checkedUnasked is how many people a ledger has at most whose records are all looked through
// whenever the work table is shown. Of more it takes long.
const checkedUnasked = 20_000

// recentShown is how many of the records written last are listed, recentWide at least
// where they have a column of their own, recentMost at most.
const recentShown, recentWide, recentMost = 8, 20, 60

// wide tells of room for two columns of what there is to do.
func (s *work) wide() bool { return s.w >= 160 }

// columnEnds are the rows of a column that hold none of the records: a space above and
// below, their heading.
const columnEnds = 3

func (s *work) recentRows() int {
	if s.wide() {
		return min(max(recentWide, s.h-columnEnds), recentMost)
	}
	return recentShown
}

type (
	viewCount struct {
		view string
		n    int
	}
	countsRead struct {
		run    int
		counts []viewCount
		sent   []send.Sent
		drafts []store.Draft
		recent []store.Touched
		paper  int
		clear  int
		clock  string
		county *countyState
	}
	tallyRead struct {
		run   int
		tally check.Tally
		later bool // the records are too many to be looked through unasked
	}
)

// New gives 工作台.
func New(app *ui.App) ui.Screen { return &work{app: app, inLeft: true} }

func (s *work) Title() string   { return "工作台" }
func (s *work) Unsaved() string { return "" }

func (s *work) Init() tea.Cmd {
	s.run++
	s.tally, s.dirty = nil, false
	s.fill()
	run := s.run
	first, known := make(chan struct{}), make(chan []model.Standing, 1)
	steps := []tea.Cmd{
		func() tea.Msg {
			defer close(first)
			return s.read(run)
		},
		func() tea.Msg {
			defer close(known)
			m := readDue(s.app, run)
			if due, ok := m.(dueRead); ok {
				known <- due.standings
			}
			return m
		},
		s.readBackups(),
	}
	if s.app.Words().Sums() {
		steps = append(steps, func() tea.Msg { return s.readSums(run) })
	}
	if s.app.County { // its ledger takes half a minute to be looked through: only when asked for
		return inTurn(steps)
	}
	steps = append(steps, func() tea.Msg { return s.check(run) })
	return tea.Batch(inTurn(steps), func() tea.Msg { // half of the work: beside the rest, once the first figures stand
		<-first
		return s.readGoals(run, known)
	})
}

// read gives the figures. It runs as a command.
func (s *work) read(run int) tea.Msg {
	ctx, l := s.app.Ctx, s.app.Ledger
	m := countsRead{run: run}
	if k := l.Kinds().Kind(peopleKind); k != nil && !s.app.Words().Sums() {
		for _, v := range k.Views {
			n, err := l.Count(ctx, store.Query{Kind: k.Name, Conds: v.Conds(l.Source().Today())})
			if err != nil {
				return ui.Failed{Err: err}
			}
			m.counts = append(m.counts, viewCount{v.Name, n})
		}
	}
	var err error
	if m.sent, err = send.SentBundles(ctx, l); err != nil {
		return ui.Failed{Err: err}
	}
	if m.drafts, err = l.Drafts(ctx); err != nil {
		return ui.Failed{Err: err}
	}
	if m.recent, err = l.Recent(ctx, s.recentRows()); err != nil {
		return ui.Failed{Err: err}
	}
	if m.clock, err = send.ClockNotice(ctx, l); err != nil {
		return ui.Failed{Err: err}
	}
	if s.app.County {
		if m.county, err = countyOf(s.app); err != nil {
			return ui.Failed{Err: err}
		}
	}
	onPaper, err := count.OnPaper(ctx, l)
	if err != nil {
		return ui.Failed{Err: err}
	}
	m.paper = len(onPaper)
	if m.clear, err = clear.Due(ctx, l); err != nil {
		return ui.Failed{Err: err}
	}
	return m
}

// check counts what the rules find. It runs as a command.
func (s *work) check(run int) tea.Msg {
	many, err := s.app.Ledger.Count(s.app.Ctx, store.Query{Kind: peopleKind})
	if err != nil {
		return ui.Failed{Err: err}
	}
	if many > checkedUnasked {
		return tallyRead{run: run, later: true}
	}
	tally, err := check.Count(s.app)
	if err != nil {
		return ui.Failed{Err: err}
	}
	return tallyRead{run: run, tally: tally}
}

// rightCells is the width of the right pane: a wide screen has room for the titles of
// goals in full.
func (s *work) rightCells() int { return max(leastRight, min(s.w-71, mostRight)) }

const leastRight, mostRight = 32, 60

func (s *work) SetSize(w, h int) {
	s.w, s.h = w, h
	s.right.SetSize(s.rightCells()+1, h-1)
	s.left.Columns = 1
	if s.wide() {
		s.left.Columns = 2
	}
	s.left.SetSize(w-s.rightCells()-2, h-1)
	s.fill() // there may be room for more
}

func (s *work) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case countsRead:
		if m.run == s.run {
			s.counts, s.sent, s.drafts, s.recent, s.onPaper, s.clock = m.counts, m.sent, m.drafts, m.recent, m.paper, m.clock
			s.county, s.toClear = m.county, m.clear
			s.fill()
		}
	case tallyRead:
		if m.run == s.run {
			s.tally, s.later = &m.tally, m.later
			if m.later {
				s.tally = nil
			}
			s.fill()
		}
	case dueRead:
		if m.run == s.run {
			s.due, s.looked = model.DueLines(s.app.Ledger.Kinds(), m.due), true
			s.fill()
		}
	case sumsRead:
		if m.run == s.run {
			s.sums, s.goals = &m, m.goals
			s.fill()
		}
	case goalsRead:
		if m.run == s.run {
			s.goals = m.goals
			s.fill()
		}
	case backupsRead:
		s.backups = &m
		s.fill()
	case ui.BackedUp:
		return s.readBackups()
	case ui.Changed:
		s.dirty = true
	case ui.Shown:
		return s.Init()
	case tea.KeyPressMsg:
		return s.key(m)
	case tea.MouseClickMsg:
		s.inLeft = m.X < s.w-s.rightCells()-1
		s.fill()
		if s.inLeft && s.left.Click(m.X, m.Y-1) || !s.inLeft && s.right.Click(m.X-(s.w-s.rightCells()-1), m.Y-1) {
			return s.open()
		}
	case tea.MouseWheelMsg:
		s.pane().Wheel(m)
	}
	return nil
}

func (s *work) View() (string, *tea.Cursor) {
	left, _ := s.left.View(s.app.Styles)
	right, _ := s.right.View(s.app.Styles)
	bar := s.app.Styles.Box.Render("│")
	lines := []string{strings.Repeat(" ", s.w-s.rightCells()-2) + bar}
	for i := range left {
		lines = append(lines, left[i]+bar+right[i])
	}
	return strings.Join(lines, "\n"), nil
}
