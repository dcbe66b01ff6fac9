<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>EncodingDialog</name>
    <message numerus="yes">
        <source>%n character(s) of its beginning cannot be read this way.</source>
        <translation>
            <numerusform>%n character of its beginning cannot be read this way.</numerusform>
            <numerusform>%n characters of its beginning cannot be read this way.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FactSection</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message numerus="yes">
        <source>%n article(s) came in from watched folders</source>
        <translation>
            <numerusform>%n article came in from watched folders</numerusform>
            <numerusform>%n articles came in from watched folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message numerus="yes">
        <source>%n input(s) wait</source>
        <translation>
            <numerusform>%n input waits</numerusform>
            <numerusform>%n inputs wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) extracted again; what you decided was left as it is.</source>
        <translation>
            <numerusform>%n article extracted again; what you decided was left as it is.</numerusform>
            <numerusform>%n articles extracted again; what you decided was left as it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n article(s) imported</source>
        <translation>
            <numerusform>%n article imported</numerusform>
            <numerusform>%n articles imported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LineMenu</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportModel</name>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourcesPlace</name>
    <message numerus="yes">
        <source>%n article(s)</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineCanvas</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message numerus="yes">
        <source>%n events</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndatedTray</name>
    <message numerus="yes">
        <source>Undated: %n events</source>
        <translation>
            <numerusform>Undated: %n event</numerusform>
            <numerusform>Undated: %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Upkeep</name>
    <message numerus="yes">
        <source>The check found %n problem(s). Nothing was changed.</source>
        <translation>
            <numerusform>The check found %n problem. Nothing was changed.</numerusform>
            <numerusform>The check found %n problems. Nothing was changed.</numerusform>
        </translation>
    </message>
</context>
</TS>
