package model

var (
	sourceFiguresOrganisation []*Indicator
	sourceFiguresHelp         []*Indicator
	sourceFiguresModel        []*Indicator
)
