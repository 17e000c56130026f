<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>{} is missing; {} or newer is needed.</source>
        <translation>Falta {}; se necesita la versión {} o una posterior.</translation>
    </message>
    <message>
        <source>{} {} is too old; {} or newer is needed.</source>
        <translation>{} {} es muy antiguo; se necesita la versión {} o una posterior.</translation>
    </message>
</context>
</TS>
